"""The translator's file: one file with all that waits, read back warily, each sentence judged by itself."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from lxml import etree

from diogel.analysis.reading.tests.word_files import one_table, with_xml, workbook
from diogel.people.access import Installation
from diogel.people.models import Body
from diogel.people.tests.cast import bilingual
from diogel.people.writing import write
from diogel.plan.models import Objective, Plan, Priority
from diogel.web import words_book, words_xliff
from diogel.web.words_file_views import made, read
from diogel.web.words_files import BadFile, Returned
from diogel.web.words_returned import EMPTY, REFUSED, SAME, STALE, TAKEN, judged, save
from diogel.web.words_units import units
from diogel.words.glossary import occurring, terms

from .words_cast import WHERE, make_action, make_theme, make_translator

pytestmark = pytest.mark.django_db
FORMS = ("xlf", "xlsx")
NS = {"x": words_xliff.NAMESPACE}
FILE = f"{WHERE}file/"


@pytest.fixture
def iolo(cast, client):
    user = make_translator(cast)
    client.force_login(user)
    client.user = user
    return client


def fill(data: bytes, words: dict[str, str]) -> bytes:
    """The file as a translator sends it back: by the source, what the other half is to read."""
    if data[:2] == b"PK":
        return _fill_book(data, words)
    root = etree.fromstring(data)
    for unit in root.iterfind(".//x:trans-unit", NS):
        source = unit.findtext("x:source", namespaces=NS)
        if source in words:
            unit.find("x:target", NS).text = words[source]
    return etree.tostring(root)


def _fill_book(data: bytes, words: dict[str, str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    at = {name: place for place, name in enumerate(words_book.COLUMNS, 1)}
    for row in range(2, sheet.max_row + 1):
        source = sheet.cell(row, at["source"]).value
        if source in words:
            sheet.cell(row, at["target"]).value = words[source]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def given_out(cast, form, user=None, into=""):
    return made(units(user or Installation(), cast.gwynedd_mon, into=into), cast.gwynedd_mon, form)


def come_back(cast, data, user=None):
    return judged(read(data), user or Installation(), cast.gwynedd_mon)


@pytest.mark.parametrize("form", FORMS)
def test_what_a_translator_fills_in_comes_back_as_a_draft(cast, form):
    action = make_action(cast)
    data = fill(given_out(cast, form), {"Train all": "Hyfforddi pawb"})
    (verdict,) = come_back(cast, data)
    assert (verdict.becomes, verdict.after.cy, verdict.warnings) == (TAKEN, "Hyfforddi pawb", ())
    save([verdict], by=Installation(), partnership=cast.gwynedd_mon)
    action.refresh_from_db()
    assert (action.title_cy, action.title_en, action.title_state) == ("Hyfforddi pawb", "Train all", "draft")
    assert come_back(cast, data)[0].becomes == SAME, "sent back twice, it changes nothing"


@pytest.mark.parametrize("form", FORMS)
def test_only_what_waits_is_in_the_file_with_its_direction_and_what_was_checked_before(cast, form):
    make_theme(cast.gwynedd_mon, "checked", title_state="checked", title_en="Not in the file")
    row = make_theme(cast.gwynedd_mon, "stale", title_state="checked")
    write(row, by=Installation(), pairs={"title": ("Byrgleriaeth mewn tai", "Burglary")})
    found = units(Installation(), cast.gwynedd_mon)
    assert [(each.language, each.source, each.target, each.state) for each in found] == [
        ("cy", "Byrgleriaeth mewn tai", "Burglary", "stale")
    ]
    assert (found[0].before.cy, found[0].before.en) == ("Byrgleriaeth", "Burglary")
    assert "Not in the file" not in _text(given_out(cast, form))
    assert units(Installation(), cast.gwynedd_mon, into="cy") == []


def _text(data: bytes) -> str:
    if data[:2] != b"PK":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def test_a_stale_half_that_follows_waits_to_be_checked_and_is_not_stale_the_other_way(cast):
    row = make_theme(cast.gwynedd_mon, title_state="checked")
    write(row, by=Installation(), pairs={"title": ("Byrgleriaeth", "House burglary")})
    assert row.title_state == "stale_cy"
    save(
        come_back(cast, fill(given_out(cast, "xlf"), {"House burglary": "Byrgleriaeth tai"})),
        by=Installation(),
        partnership=cast.gwynedd_mon,
    )
    row.refresh_from_db()
    assert (row.title_cy, row.title_state) == ("Byrgleriaeth tai", "draft")


def test_whoever_vouches_makes_both_what_was_filled_in_and_what_was_left_checked(cast, iolo):
    theme, action = make_theme(cast.gwynedd_mon), make_action(cast)
    data = fill(given_out(cast, "xlf", iolo.user), {"Train all": "Hyfforddi pawb"})
    save(come_back(cast, data, iolo.user), by=iolo.user, partnership=cast.gwynedd_mon, is_vouched=True)
    theme.refresh_from_db()
    action.refresh_from_db()
    assert (theme.title_state, action.title_state) == ("checked", "checked")


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_was_changed_meanwhile_is_refused_alone_and_shows_both(cast, form):
    theme = make_theme(cast.gwynedd_mon, title_cy="", title_state="missing")
    make_action(cast)
    data = fill(given_out(cast, form), {"Train all": "Hyfforddi pawb", "Burglary": "Byrgleriaeth"})
    write(theme, by=Installation(), pairs={"title": ("", "Burglary of homes")})
    verdicts = {each.came.source: each for each in come_back(cast, data)}
    assert {source: each.becomes for source, each in verdicts.items()} == {"Train all": TAKEN, "Burglary": STALE}
    assert (verdicts["Burglary"].now.en, verdicts["Burglary"].came.target) == ("Burglary of homes", "Byrgleriaeth")
    assert len(save(verdicts.values(), by=Installation(), partnership=cast.gwynedd_mon)) == 1
    theme.refresh_from_db()
    assert theme.title_cy == ""


def test_a_row_that_is_changed_between_looking_and_saving_is_refused_alone(cast):
    theme = make_theme(cast.gwynedd_mon, title_cy="", title_state="missing")
    make_action(cast)
    verdicts = come_back(cast, fill(given_out(cast, "xlf"), {"Train all": "Hyfforddi pawb", "Burglary": "Byrgleriaeth"}))
    type(theme).objects.filter(pk=theme.pk).update(version=theme.version + 1)
    saved = save(verdicts, by=Installation(), partnership=cast.gwynedd_mon)
    assert sorted(each.becomes for each in saved) == [STALE, TAKEN]


def test_a_body_shared_by_two_partnerships_is_refused_to_who_checks_in_one(cast, iolo):
    Body.objects.filter(pk=cast.police.pk).update(name_cy="", name_state="missing")
    data = fill(given_out(cast, "xlf", iolo.user), {"North Wales Police": "Heddlu Gogledd Cymru"})
    (verdict,) = come_back(cast, data, iolo.user)
    assert verdict.becomes == REFUSED
    assert "stand in another partnership" in verdict.why
    (verdict,) = come_back(cast, data)
    save([verdict], by=Installation(), partnership=cast.gwynedd_mon)
    cast.police.refresh_from_db()
    assert (cast.police.name_cy, cast.police.name_state) == ("Heddlu Gogledd Cymru", "draft")


REFUSALS = [
    ("Read {name} in 3 days", "Darllenwch {enw} mewn 3 diwrnod", "placeholder"),
    ("Read %(n)s pages", "Darllenwch tudalennau", "placeholder"),
    ("Train all", "<b>Hyfforddi</b> pawb", "marks of formatting"),
    ("Train all", "x" * 301, "301 characters; 300 fit"),
]


@pytest.mark.parametrize(("source", "target", "why"), REFUSALS)
@pytest.mark.parametrize("form", FORMS)
def test_what_does_not_fit_is_refused_with_its_reason(cast, form, source, target, why):
    make_action(cast, title_en=source)
    (verdict,) = come_back(cast, fill(given_out(cast, form), {source: target}))
    assert (verdict.becomes, why in verdict.why) == (REFUSED, True), verdict.why


@pytest.mark.parametrize(
    ("target", "warning"),
    [
        ("Hyfforddi 31 o bobl", "numbers"),
        ("Hyfforddi pob un o’r 30 " + "o bobl " * 30, "longer"),
        ("Train 30 people together in every town", "same"),
    ],
)
def test_what_looks_odd_is_said_and_can_be_taken(cast, target, warning):
    source = "Train 30 people together in every town"
    make_action(cast, title_en=source)
    (verdict,) = come_back(cast, fill(given_out(cast, "xlf"), {source: target}))
    assert verdict.becomes == TAKEN
    assert any(warning in each for each in verdict.warnings)


def test_lines_stay_lines_and_blanks_around_words_go(cast):
    action = make_action(cast, text_en="One.\n\nTwo.", title_cy="Hyfforddi", title_state="checked")
    verdicts = come_back(cast, fill(given_out(cast, "xlf"), {"One.\n\nTwo.": " Un.\r\n\r\nDau.\n"}))
    save(verdicts, by=Installation(), partnership=cast.gwynedd_mon)
    action.refresh_from_db()
    assert action.text_cy == "Un.\n\nDau."


def xliff(**parts: str) -> bytes:
    held = {
        "before": "",
        "namespace": words_xliff.NAMESPACE,
        "original": "diogel-words-1/gwynedd-mon",
        "source": "en",
        "target": "cy",
        "units": "",
    } | parts
    return (
        (
            '<?xml version="1.0" encoding="UTF-8"?>{before}<xliff xmlns="{namespace}" version="1.2"><file original="{original}" '
            'source-language="{source}" target-language="{target}" datatype="plaintext"><body>{units}</body></file></xliff>'
        )
        .format(**held)
        .encode()
    )


UNIT = '<trans-unit id="{mark}"><source>Train all</source><target>{target}</target></trans-unit>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
BAD = {
    "cut short": (xliff()[:-20], "cut short or damaged"),
    "a letter": (b"Dear all, here is the translation", "neither an XLIFF file nor an Excel workbook"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>", "neither an XLIFF file nor an Excel workbook"),
    "broken XML": (b"<xliff", "cut short or damaged"),
    "other XML": (b"<html><body/></html>", "not XLIFF"),
    "XLIFF 2": (xliff(namespace="urn:oasis:names:tc:xliff:document:2.0"), "another version"),
    "other origin": (xliff(original="messages.po"), "not given out here"),
    "another partnership": (xliff(original="diogel-words-1/wrexham", units=UNIT.format(mark="x", target="x")), "another partnership"),
    "wrong languages": (xliff(target="fr", units=UNIT.format(mark="x", target="x")), "from “en” into “fr”"),
    "entities that unfold": (xliff(before=BOMB, units=UNIT.format(mark="x", target="&c;")), "document type"),
    "a file of the machine": (xliff(before='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>', units=UNIT.format(mark="x", target="&f;")), "document type"),
    "nothing": (xliff(), "no sentence"),
    "no bytes": (b"", "neither an XLIFF file nor an Excel workbook"),
    "a zip that is no workbook": (b"PK\x03\x04rest", "The file is damaged"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
    "a workbook with macros": (with_xml(workbook({"Words": [("Mark",)]}), "xl/vbaProject.bin", lambda _part: b"Sub"), "holds macros"),
    "a Word file": (one_table([["Mark"]]), "not what its name says"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_whole_in_one_sentence(cast, iolo, what):
    data, why = BAD[what]
    with pytest.raises(BadFile, match=why):
        come_back(cast, data, iolo.user)
    page = iolo.post(f"{FILE}sent-back/", {"file": io.BytesIO(data)})
    assert page.status_code == 422


NOUGHT = "0" * 12
MARKS = ["", "theme", "theme.1.title", "theme.1.title.zzzzzzzzzzzz"]
MARKS += [f"{row}.{NOUGHT}" for row in ("user.1.password", "theme.1.band", "theme.999.title")]


@pytest.mark.parametrize("mark", MARKS)
def test_an_altered_mark_is_refused_by_itself(cast, mark):
    make_theme(cast.gwynedd_mon)
    (verdict,) = come_back(cast, xliff(units=UNIT.format(mark=mark, target="Hyfforddi pawb")))
    assert (verdict.becomes, "mark" in verdict.why) == (REFUSED, True)


def test_a_mark_of_another_partnership_is_not_there(cast):
    row = make_theme(cast.wrexham)
    (verdict,) = come_back(cast, xliff(units=UNIT.format(mark=f"theme.{row.pk}.title.{'0' * 12}", target="Hyfforddi pawb")))
    assert (verdict.becomes, verdict.now) == (REFUSED, None)


def test_a_source_that_was_changed_and_a_sentence_that_stands_twice_are_refused(cast):
    make_action(cast)
    data = fill(given_out(cast, "xlf"), {"Train all": "Hyfforddi pawb"})
    assert "was changed in the file" in come_back(cast, data.replace(b">Train all<", b">Train some<"))[0].why
    whole = read(data)
    twice = judged(Returned(whole.slug, whole.came * 2), Installation(), cast.gwynedd_mon)
    assert [each.becomes for each in twice] == [TAKEN, REFUSED]
    assert come_back(cast, given_out(cast, "xlf"))[0].becomes == EMPTY


def test_marks_of_formatting_inside_a_half_are_refused_and_those_of_a_segment_are_not(cast):
    make_action(cast)
    data = given_out(cast, "xlf")
    mark = etree.fromstring(data).find(".//x:trans-unit", NS).get("id")
    (bold,) = come_back(cast, xliff(units=UNIT.format(mark=mark, target='<g id="1">Hyfforddi</g> pawb')))
    (plain,) = come_back(cast, xliff(units=UNIT.format(mark=mark, target='<mrk mtype="seg">Hyfforddi pawb</mrk>')))
    assert (bold.becomes, plain.becomes, plain.after.cy) == (REFUSED, TAKEN, "Hyfforddi pawb")


def book(data: bytes, change) -> bytes:
    opened = openpyxl.load_workbook(io.BytesIO(data))
    change(opened)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def test_a_workbook_with_formulas_is_refused_row_by_row_and_one_that_was_changed_whole(cast):
    make_action(cast)
    data = given_out(cast, "xlsx")

    def formula(opened):
        opened.worksheets[0]["F2"] = '=CONCAT("Hyfforddi"," pawb")'

    (verdict,) = come_back(cast, book(data, formula))
    assert "formula" in verdict.why
    with pytest.raises(BadFile, match="heads of its columns"):
        come_back(cast, book(data, lambda opened: opened.worksheets[0].delete_rows(1)))
    with pytest.raises(BadFile, match="what it is is missing"):
        come_back(cast, book(data, lambda opened: opened.remove(opened.worksheets[1])))


def test_a_workbook_in_welsh_with_its_rows_turned_round_comes_back_all_the_same(cast):
    from django.utils.translation import override

    make_action(cast)
    make_theme(cast.gwynedd_mon, title_cy="", title_state="missing")
    with override("cy"):
        data = given_out(cast, "xlsx")

    def turned(opened):
        sheet = opened.worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for at, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column).value = value

    verdicts = come_back(cast, book(fill(data, {"Train all": "Hyfforddi pawb", "Burglary": "Byrgleriaeth"}), turned))
    assert {each.came.source: each.becomes for each in verdicts} == {"Train all": TAKEN, "Burglary": TAKEN}


def test_words_that_begin_like_a_formula_stay_words(cast):
    make_action(cast, title_en="=1+1 is two")
    verdicts = come_back(cast, fill(given_out(cast, "xlsx"), {"=1+1 is two": "mae 1+1 yn ddau"}))
    assert [each.becomes for each in verdicts] == [TAKEN]


def test_an_earlier_sentence_and_the_glossary_come_along(cast):
    plan = Plan.objects.create(
        partnership=cast.gwynedd_mon, code="2020-21", from_on="2020-04-01", to_on="2021-03-31", **bilingual("C", "P", "title")
    )
    priority = Priority.objects.create(plan=plan, code="p", number=1, **bilingual("B", "P", "title"))
    words = bilingual("Cefnogi dioddefwyr troseddau casineb ym mhob sir", "Support victims of hate crime in each county", "title")
    Objective.objects.create(plan=plan, priority=priority, code="1.1", **words)
    make_action(cast, title_en="Support victims of hate crime in both counties")
    (unit,) = units(Installation(), cast.gwynedd_mon)
    assert (unit.like.target, unit.like.per_cent >= 60, unit.like.origin) == (
        "Cefnogi dioddefwyr troseddau casineb ym mhob sir",
        True,
        "Objective 1.1",
    )
    assert "trosedd gasineb, troseddau casineb" in [term.cy for term in unit.terms]
    for form in FORMS:
        held = _text(given_out(cast, form))
        assert "Cefnogi dioddefwyr" in held
        assert "trosedd gasineb" in held


def test_the_glossary_is_read_whole_and_knows_a_term_however_it_begins():
    assert len(terms()) > 250
    assert [term.en for term in occurring("Mae’r bartneriaeth yn cyhoeddi cynllun gweithredu", "cy")][:1] == ["action plan"]
    assert "partnership" in [term.en for term in occurring("Mae’r bartneriaeth yn cyhoeddi cynllun", "cy")]
    assert [term.cy for term in occurring("Anti-social behaviour fell", "en")][:1] == ["ymddygiad gwrthgymdeithasol"]
    assert occurring("Nothing of it stands here", "en") == ()


def test_the_whole_way_through_the_pages(cast, iolo):
    theme, action = make_theme(cast.gwynedd_mon), make_action(cast)
    page = iolo.get(FILE).content.decode()
    assert "2 sentences wait for a translator" in page
    data = iolo.get(f"{FILE}words.xlf")
    assert 'filename="gwynedd-mon-words-' in data["Content-Disposition"]
    sent = fill(data.content, {"Train all": "Hyfforddi pawb"})
    looked = iolo.post(f"{FILE}sent-back/", {"file": io.BytesIO(sent)})
    assert "One sentence of the file can be saved" in looked.content.decode()
    action.refresh_from_db()
    assert action.title_cy == "", "nothing is saved by looking"
    kept = looked.context["kept"]
    done = iolo.post(f"{FILE}keep/", {"kept": kept}, follow=True)
    assert "One sentence is saved." in done.content.decode()
    action.refresh_from_db()
    assert (action.title_cy, action.title_state) == ("Hyfforddi pawb", "draft")
    assert "open too long or was changed" in iolo.post(f"{FILE}keep/", {"kept": kept[:-3] + "abc"}, follow=True).content.decode()
    type(theme).objects.filter(pk=theme.pk).update(title_cy="Arall", version=9)
    again = iolo.post(f"{FILE}keep/", {"kept": kept}).content.decode()
    assert "Changed here since the file was given out" in again


def test_what_is_left_out_is_not_saved_and_what_one_kept_another_cannot_send(cast, iolo, client):
    action = make_action(cast)
    sent = fill(given_out(cast, "xlf"), {"Train all": "Hyfforddi pawb"})
    looked = iolo.post(f"{FILE}sent-back/", {"file": io.BytesIO(sent)})
    mark = read(sent).came[0].mark
    assert "Nothing was saved." in iolo.post(f"{FILE}keep/", {"kept": looked.context["kept"], "leave": mark}, follow=True).content.decode()
    action.refresh_from_db()
    assert action.title_cy == ""
    client.force_login(cast.ann)
    assert client.post(f"{FILE}keep/", {"kept": looked.context["kept"]}).status_code == 404


def test_who_may_not_check_pairs_gets_no_file_and_sends_none(cast, client):
    client.force_login(cast.bryn)
    for address in (FILE, f"{FILE}words.xlf", f"{FILE}sent-back/"):
        assert client.get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        judged(Returned("gwynedd-mon", ()), cast.bryn, cast.gwynedd_mon)
    client.force_login(cast.dai)
    assert client.get(FILE).status_code == 404


@pytest.mark.parametrize("address", [f"{FILE}words.csv", f"{FILE}words.xlf?into=fr"])
def test_another_form_or_language_is_not_there(iolo, address):
    assert iolo.get(address).status_code == 404
