"""`diogel plan import`: a dry run writes nothing, a run takes over, what cannot be read is refused in one sentence."""

import json

import pytest

from diogel.analysis.reading.tests.word_files import one_table
from diogel.analysis.reading.tests.word_measures import plan_file as measures_file
from diogel.cli import main, plan_import
from diogel.plan.models import Number, Plan
from diogel.processes.actions.models import Action

pytestmark = pytest.mark.django_db
ROWS = [["No", "Action", "Lead body"], ["1", "Train", "North Wales Police"], ["2", "Review", "Gwynedd Council"]]


@pytest.fixture
def plan_file(tmp_path, cast, monkeypatch):
    monkeypatch.setattr(plan_import, "ready", lambda: None)
    path = tmp_path / "plan.docx"
    path.write_bytes(one_table(ROWS))
    return path


def run(capsys, *words):
    status = main(["plan", "import", *map(str, words)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_a_dry_run_tells_all_and_writes_nothing(plan_file, capsys):
    status, out, _err = run(capsys, plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23", "--dry-run", "--json")
    told = json.loads(out)
    assert (status, told["counts"], told["is_new"]) == (
        0,
        {"new": 2, "changed": 0, "same": 0, "held": 0, "untitled": 0, "goes_on": 0, "asked": 0, "placeless": 0},
        True,
    )
    assert told["mappings"][0]["columns"] == {"0": "number", "1": "title", "2": "body"}
    assert Plan.objects.count() == 0


def test_it_is_taken_over_and_the_second_time_nothing_differs(plan_file, capsys):
    status, out, _err = run(capsys, plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23")
    assert status == 0
    assert "Taken over: 2 rows" in out
    assert "same 2" in run(capsys, plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23")[1]


def test_a_mapping_of_ones_own_is_followed(plan_file, capsys, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text('[{"table": 1, "kind": "actions", "head": 1, "columns": {"0": "number", "2": "title"}}]')
    asked = (plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23", "--json")
    status, out, _err = run(capsys, *asked, "--dry-run", "--mapping", mapping)
    told = json.loads(out)
    assert [row["title"] for row in told["rows"]] == ["North Wales Police", "Gwynedd Council"]
    assert (status, [each["text"] for each in told["left"]]) == (1, ["Train", "Review"])
    mapping.write_text("{}")
    assert run(capsys, *asked, "--mapping", mapping)[0] == 2


@pytest.mark.parametrize(("words", "sentence"), [
    (("--partnership", "narnia", "--plan", "2022-23"), "no partnership 'narnia'"),
    (("--partnership", "gwynedd-mon"), "Say into which plan"),
])  # fmt: skip
def test_what_is_not_there_is_refused(plan_file, capsys, words, sentence):
    status, _out, err = run(capsys, plan_file, *words)
    assert status == 2
    assert sentence in err


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(plan_file, capsys):
    plan_file.write_bytes(b"%PDF-1.7")
    status, _out, err = run(capsys, plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23")
    assert (status, err.count("\n")) == (2, 1)
    assert "The file is a PDF" in err


def test_what_goes_on_from_the_plan_before_is_told_and_what_may_is_held_back(plan_file, capsys, cast):
    before = Plan.objects.create(partnership=cast.gwynedd_mon, code="2021-22", status="in_force", from_on="2021-04-01", to_on="2022-03-31")
    for number, title in ((4, "Train"), (5, "Review all")):
        action = Action.objects.create(
            kind="action", reference=title, partnership=cast.gwynedd_mon, status="agreed", opened_on="2021-04-01", title_en=title
        )
        Number.objects.create(plan=before, action=action, number=number)
    asked = (plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23")
    told = json.loads(run(capsys, *asked, "--dry-run", "--json")[1])
    assert [row["goes_on"] for row in told["rows"]] == [
        {"plan": "2021-22", "number": 4, "is_sure": True},
        {"plan": "2021-22", "number": 5, "is_sure": False},
    ]
    status, out, _err = run(capsys, *asked)
    assert (status, "1: goes on from action 4 of 2021-22" in out, "say what they are" in out) == (1, True, True)
    assert Number.objects.get(plan__code="2022-23").action.reference == "Train"


def test_a_measure_of_which_the_file_does_not_say_everything_is_held_back_and_told(plan_file, capsys):
    plan_file.write_bytes(measures_file())
    words = (plan_file, "--partnership", "gwynedd-mon", "--plan", "2022-23")
    status, out, _err = run(capsys, *words, "--dry-run", "--json")
    rows = [row for row in json.loads(out)["rows"] if row["kind"] == "measures"]
    assert (status, [row["asks"] for row in rows][:4]) == (
        1, [["direction", "accountability"], ["accountability"], ["direction", "accountability", "unit"], []],
    )  # fmt: skip
    assert not Plan.objects.exists()
    status, out, _err = run(capsys, *words)
    assert (status, "need an answer" in out) == (1, True)
    assert Plan.objects.get().reports.count() == 1
