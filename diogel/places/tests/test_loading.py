"""Areas in the database: the built-in ones, those of files, and boundaries of one's own."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from diogel.analysis.reading.ons import AreaRow, PopulationRow, Reading, read
from diogel.places.loading import NoSuchArea, load_builtin, put_own_area, store
from diogel.places.models import Area, Population

pytestmark = pytest.mark.django_db
BY = SimpleNamespace(reference="installation")


def reading(*areas, populations=()):
    return Reading(Path("x"), "lookup", areas, populations, (), len(areas))


def test_the_built_in_areas_are_all_there_with_what_they_lie_in():
    load_builtin(by=BY)
    counts = {kind: Area.objects.filter(kind=kind).count() for kind in ("authority", "csp", "force", "lsoa11", "lsoa21")}
    assert counts == {"authority": 6, "csp": 6, "force": 1, "lsoa11": 423, "lsoa21": 417}
    gwynedd = Area.objects.get(kind="authority", code="W06000002")
    assert (gwynedd.children.filter(kind="lsoa11").count(), gwynedd.children.filter(kind="lsoa21").count()) == (73, 71)
    assert [parent.code for parent in gwynedd.parents.all()] == ["W14000002"]
    assert [parent.code for parent in Area.objects.get(code="W14000002").parents.all()] == ["W15000001"]
    assert (gwynedd.name_cy, gwynedd.name_state) == ("Gwynedd", "checked")
    assert Area.objects.get(kind="authority", code="W06000001").name_cy == "Ynys Môn"


def test_the_second_loading_changes_nothing_and_asks_little(django_assert_max_num_queries):
    load_builtin(by=BY)
    before = list(Area.objects.order_by("pk").values())
    with django_assert_max_num_queries(12):
        again = load_builtin(by=BY)
    assert (again.created, again.changed, again.links, again.populations) == (0, 0, 0, 0)
    assert list(Area.objects.order_by("pk").values()) == before


def test_only_the_installation_loads_places():
    with pytest.raises(PermissionError):
        load_builtin(by=SimpleNamespace(reference="user:1"))
    assert not Area.objects.exists()


def test_what_an_area_became_is_kept_and_a_split_one_holds_its_parts():
    load_builtin(by=BY)
    same = Area.objects.get(kind="lsoa11", code="W01000050")
    assert (same.successor.kind, same.successor.code) == ("lsoa21", "W01000050")
    split = Area.objects.get(kind="lsoa11", code="W01000383")
    assert split.successor is None
    assert {part.code for part in split.children.all()} == {"W01001971", "W01001972"}
    assert Area.objects.filter(kind="lsoa11", successor=None).count() == 1


def test_populations_have_a_year_and_a_source():
    load_builtin(by=BY)
    force = Area.objects.get(kind="force").populations.get(year=2021)
    parts = Population.objects.filter(area__kind="authority", year=2021)
    assert force.residents == sum(row.residents for row in parts)
    assert all(row.source for row in Population.objects.all())
    lsoas = Population.objects.filter(area__kind="lsoa21", year=2021)
    assert (lsoas.count(), sum(row.residents for row in lsoas)) == (417, force.residents)


def test_a_later_vintage_renames_and_an_earlier_one_does_not():
    store(reading(AreaRow("ward", "W05000001", 2017, "Old", "Hen")))
    store(reading(AreaRow("ward", "W05000001", 2022, "New", "")))
    store(reading(AreaRow("ward", "W05000001", 2013, "Oldest", "Hynaf")))
    ward = Area.objects.get()
    assert (ward.name_en, ward.name_cy, ward.name_state, ward.vintage) == ("New", "Hen", "stale_cy", 2022)


def test_files_of_one_vintage_that_differ_give_the_same_in_any_number_of_loadings():
    one, other = AreaRow("ward", "W05000001", 2022, "One"), AreaRow("ward", "W05000001", 2022, "Other", "Arall")
    for row in (one, other, one, other):
        store(reading(row))
    assert Area.objects.values_list("name_en", "name_cy").get() == ("One", "Arall")


def test_an_earlier_file_fills_in_what_a_later_one_left_empty():
    store(reading(AreaRow("ward", "W05000001", 2024, "A")))
    store(reading(AreaRow("ward", "W05000001", 2022, "Earlier", "Cynharach", boundary={"type": "Polygon"})))
    ward = Area.objects.get()
    assert (ward.name_en, ward.name_cy, ward.boundary, ward.vintage) == ("A", "Cynharach", {"type": "Polygon"}, 2024)


def test_an_outline_is_added_and_not_lost_again():
    outline = {"type": "Polygon", "coordinates": [[[-4.2, 53.2], [-4.1, 53.3], [-4.1, 53.2], [-4.2, 53.2]]]}
    store(reading(AreaRow("ward", "W05000001", 2022, "A", boundary=outline)))
    store(reading(AreaRow("ward", "W05000001", 2022, "A")))
    assert Area.objects.get().boundary == outline


def test_two_sources_of_one_year_stand_side_by_side_and_agreeing_ones_once():
    area = AreaRow("authority", "W06000002", 2021, "Gwynedd", "Gwynedd")
    for residents, source in ((100, "one"), (100, "another"), (110, "a third"), (111, "a third")):
        store(reading(area, populations=(PopulationRow("authority", "W06000002", 2021, residents, source),)))
    rows = Population.objects.order_by("source").values_list("source", "residents")
    assert list(rows) == [("a third", 111), ("one", 100)]


def test_residents_of_an_area_that_is_not_here_are_counted_and_left():
    told = store(reading(populations=(PopulationRow("ward", "W05999999", 2021, 5, "x"),)))
    assert (told.populations, told.unknown) == (0, 1)


def test_a_town_centre_of_ones_own_lies_in_its_authority_and_becomes_a_city_centre():
    load_builtin(by=BY)
    words = {"name_cy": "Canol y ddinas", "name_en": "City centre", "parent": "W06000006"}
    put_own_area(code="wrexham-city-centre", valid_from=date(2022, 9, 1), **words)
    town = words | {"name_cy": "Canol y dref", "name_en": "Town centre"}
    for _ in range(2):
        put_own_area(code="wrexham-town-centre", valid_to=date(2022, 8, 31), successor="wrexham-city-centre", **town)
    centre = Area.objects.get(code="wrexham-town-centre")
    assert (centre.kind, centre.successor.name_en, centre.name_state) == ("own", "City centre", "checked")
    assert [parent.name_en for parent in centre.parents.all()] == ["Wrexham"]


def test_an_area_cannot_lie_in_one_that_is_not_here():
    with pytest.raises(NoSuchArea, match="W06999999"):
        put_own_area(code="x", name_cy="x", name_en="x", parent="W06999999")
    with pytest.raises(NoSuchArea):
        store(reading(AreaRow("own", "x", 2021, "x", "x", (("authority", "W06999999"),))))
    assert not Area.objects.exists()


def test_the_real_files_load_over_the_built_in_table(shared_data):
    load_builtin(by=BY)
    told = store(read(shared_data / "geography" / "lookup_lsoa11_lsoa21_ltla22_north_wales.csv"))
    assert (told.created, told.links) == (0, 0)
    wards = store(read(shared_data / "geography" / "lookup_lsoa21_ward24_ltla24_north_wales.csv"))
    assert wards.created == Area.objects.filter(kind="ward").count() > 200
    outlines = store(read(shared_data / "geography" / "lsoa21_north_wales.geojson"))
    assert (outlines.created, outlines.changed) == (0, 417)
