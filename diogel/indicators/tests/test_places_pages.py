"""The page of places: areas, residents and a map; a boundary of one's own drawn, corrected and withdrawn by those who may."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from diogel.audit.models import Entry
from diogel.indicators.own_area import OwnArea
from diogel.people.access import Installation
from diogel.places.loading import load_builtin, put_own_area
from diogel.places.models import Area

WHERE = "/en/gwynedd-mon/desk/places/"
TOWN = {"type": "Polygon", "coordinates": [[[-4.13, 53.22], [-4.12, 53.22], [-4.12, 53.23], [-4.13, 53.22]]]}
COUNTY = {"type": "Polygon", "coordinates": [[[-4.5, 52.8], [-3.5, 52.8], [-3.5, 53.3], [-4.5, 53.3], [-4.5, 52.8]]]}


@pytest.fixture
def areas(cast):
    load_builtin(by=Installation())
    return cast


@pytest.fixture
def ann(areas, client):
    client.force_login(areas.ann)
    return client


def sent(areas, geometry=TOWN, **more):
    held = {"name_cy": "Canol Bangor", "name_en": "Bangor centre", "parent": areas.gwynedd.pk}
    if geometry is not None:
        data = geometry if isinstance(geometry, bytes) else json.dumps(geometry).encode()
        held["outline"] = SimpleUploadedFile("bangor.geojson", data)
    return held | more


def a_town(**more):
    put_own_area(code="bangor-centre", name_cy="Canol Bangor", name_en="Bangor centre", parent="W06000002", **({"boundary": TOWN} | more))
    return OwnArea.objects.get(code="bangor-centre")


def test_the_page_names_areas_codes_vintages_and_residents_with_their_source(ann):
    page = ann.get(WHERE).content.decode()
    assert "Figures are counted for these areas" in page
    for told in ("W06000001", "W06000002", "W14000002", "W15000001", "117,404", "125,171", "Census 2021"):
        assert told in page
    assert "Conwy" not in page, "another partnership's area"


def test_without_outlines_there_is_no_map_and_one_sentence_says_how_to_load_them(ann):
    answer = ann.get(WHERE)
    assert answer.context["shown"].figure is None
    assert "diogel places load" in answer.content.decode()


def test_with_outlines_there_is_a_map_in_two_widths_with_its_licence(ann, django_assert_max_num_queries):
    Area.objects.filter(code__in=["W06000001", "W06000002"]).update(boundary=COUNTY)
    a_town()
    with django_assert_max_num_queries(12):
        answer = ann.get(WHERE)
    page = answer.content.decode()
    assert page.count("<svg xmlns") == 2
    assert "1 boundary of our own lies within our areas" in page
    assert "Contains OS data" in page
    assert "diogel places load" not in page
    assert answer.context["shown"].figure["label"].endswith("Bangor centre.")


def test_a_boundary_is_drawn_by_form_and_told_to_the_log(ann, areas):
    assert ann.post(WHERE + "add/", sent(areas)).status_code == 302
    row = OwnArea.objects.get(code="bangor-centre")
    assert (row.kind, row.boundary, [each.code for each in row.parents.all()]) == ("own", TOWN, ["W06000002"])
    assert row.partnership == areas.gwynedd_mon
    entry = Entry.objects.filter(subject=f"indicators.ownarea:{row.pk}").first()
    assert entry.deed == "created"
    assert "coordinates" not in json.dumps(entry.detail)


def test_two_of_one_name_get_two_codes(ann, areas):
    ann.post(WHERE + "add/", sent(areas))
    ann.post(WHERE + "add/", sent(areas))
    assert set(OwnArea.objects.of_one_s_own().values_list("code", flat=True)) == {"bangor-centre", "bangor-centre-2"}


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (None, "Choose the file that holds the outline"),
        (b"<html>", "cannot be read as GeoJSON"),
        ({"type": "Point", "coordinates": [-4, 53]}, "holds no polygon"),
        ({"type": "Polygon", "coordinates": [[[y, x] for x, y in TOWN["coordinates"][0]]]}, "Longitude and latitude are swapped"),
        ({"type": "Polygon", "coordinates": [[[x + 30, y] for x, y in TOWN["coordinates"][0]]]}, "outside the United Kingdom"),
        ({"type": "Polygon", "coordinates": [TOWN["coordinates"][0][:-1] * 2]}, "not closed"),
        (b" " * (1024 * 1024 + 1), "larger than 1024 KB"),
    ],
)
def test_an_outline_that_is_none_is_refused_with_one_sentence(ann, areas, geometry, sentence):
    answer = ann.post(WHERE + "add/", sent(areas, geometry))
    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["outline"]
    assert sentence in told
    assert not OwnArea.objects.of_one_s_own().exists()


def test_a_refusal_is_in_the_language_of_the_page(ann, areas):
    answer = ann.post("/cy/gwynedd-mon/desk/places/add/", sent(areas, {"type": "Point", "coordinates": [-4, 53]}))
    assert answer.context["form"].errors["outline"] == [
        "Nid oes polygon yn y ffeil. Lluniwch yr amlinell fel ardal, nid fel llinell na phwynt"
    ]


def test_it_lies_in_an_authority_of_this_partnership_and_ends_after_it_begins(ann, areas):
    elsewhere = Area.objects.get(code="W06000006")
    assert "parent" in ann.post(WHERE + "add/", sent(areas, parent=elsewhere.pk)).context["form"].errors
    days = {
        f"valid_{which}_{part}": str(value)
        for which, year in (("from", 2022), ("to", 2021))
        for part, value in (("day", 1), ("month", 1), ("year", year))
    }
    assert "valid_to" in ann.post(WHERE + "add/", sent(areas, **days)).context["form"].errors


def test_a_correction_without_a_file_keeps_the_outline_and_with_one_replaces_it(ann, areas):
    row = a_town()
    other = {"type": "Polygon", "coordinates": [[[-4.14, 53.22], [-4.12, 53.22], [-4.12, 53.23], [-4.14, 53.22]]]}
    assert ann.post(f"{WHERE}{row.pk}/correct/", sent(areas, None, name_en="Bangor", seen=row.version)).status_code == 302
    row.refresh_from_db()
    assert (row.name_en, row.boundary, row.code) == ("Bangor", TOWN, "bangor-centre")
    assert ann.post(f"{WHERE}{row.pk}/correct/", sent(areas, other, seen=row.version)).status_code == 302
    row.refresh_from_db()
    assert row.boundary == other


def test_a_stale_correction_is_refused_and_loses_neither(ann, areas):
    row = a_town()
    ann.post(f"{WHERE}{row.pk}/correct/", sent(areas, None, name_en="Bangor", seen=row.version))
    answer = ann.post(f"{WHERE}{row.pk}/correct/", sent(areas, None, name_en="The city", seen=row.version))
    assert answer.status_code == 409
    assert "The city" in answer.content.decode()
    row.refresh_from_db()
    assert row.name_en == "Bangor"


def test_it_is_withdrawn_and_brought_back(ann, areas):
    row = a_town()
    ann.post(f"{WHERE}{row.pk}/withdraw/", {"seen": row.version})
    row.refresh_from_db()
    assert row.withdrawn_on
    page = ann.get(WHERE)
    assert (page.context["shown"].own, page.context["shown"].gone) == ((), (row,))
    ann.post(f"{WHERE}{row.pk}/withdraw/", {"seen": row.version})
    row.refresh_from_db()
    assert row.withdrawn_on is None


def test_others_areas_and_published_ones_cannot_be_written(ann, areas, client):
    row = a_town()
    assert ann.get(f"{WHERE}{areas.gwynedd.pk}/correct/").status_code == 404
    client.force_login(areas.dai)
    assert client.get(f"/en/wrexham/desk/places/{row.pk}/correct/").status_code == 404
    client.force_login(areas.carys)
    assert client.get(WHERE).status_code == 200
    assert client.get(f"{WHERE}{row.pk}/correct/").status_code == 403
    assert "Correct" not in client.get(WHERE).content.decode()
