"""Lookups, boundaries and populations: told apart by their columns, refused with one reason."""

import gzip
import json
from pathlib import Path

import pytest

from diogel.analysis.reading import ons_files
from diogel.analysis.reading.ons import Unreadable, read


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


CHANGES = """LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM,LAD22NMW,ObjectId
W01000001,Isle of Anglesey 007A,U,W01000001,Isle of Anglesey 007A,W06000001,Isle of Anglesey,Ynys Môn,1
W01000002,Isle of Anglesey 007B,M,W01001990,Isle of Anglesey 007X,W06000001,Isle of Anglesey,Ynys Môn,2
W01000003,Isle of Anglesey 007C,M,W01001990,Isle of Anglesey 007X,W06000001,Isle of Anglesey,Ynys Môn,3
E01000001,City of London 001A,U,E01000001,City of London 001A,E09000001,City of London,,4
"""


def _small(text):
    heading, _, lines = text.partition("\n")
    return f"{heading.lower()}\n{lines}"


@pytest.mark.parametrize("dress", [str, _small, lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_headings_of_either_case_marked_or_with_other_line_ends_read_alike(tmp_path, dress):
    reading = read(write(tmp_path / "x.csv", dress(CHANGES)))
    assert [(each.old, each.new, each.change) for each in reading.successions] == [
        ("W01000001", "W01000001", "U"),
        ("W01000002", "W01001990", "M"),
        ("W01000003", "W01001990", "M"),
    ]
    areas = {(area.kind, area.code): area for area in reading.areas}
    assert areas["authority", "W06000001"].name_cy == "Ynys Môn"
    assert areas["lsoa21", "W01001990"].parents == (("authority", "W06000001"),)
    assert (reading.rows, reading.left_out) == (4, 1)


def test_the_name_of_a_file_says_nothing(tmp_path):
    assert read(write(tmp_path / "populations.txt", CHANGES)).what == "changes"


def test_a_change_that_the_file_does_not_tell_is_counted_out(tmp_path):
    lines = (
        "lsoa11_code,lsoa21_code\nW01000001,W01000001\nW01000002,W01001990\nW01000003,W01001990\nW01000004,W01001991\nW01000004,W01001992\n"
    )
    assert [each.change for each in read(write(tmp_path / "x.csv", lines)).successions] == ["U", "M", "M", "S", "S"]


def test_england_is_read_when_it_is_asked_for(tmp_path):
    path = write(tmp_path / "x.csv", CHANGES)
    assert len(read(path, nations=("W", "E")).successions) == 4


def test_an_area_lies_in_what_the_file_says_it_lies_in(tmp_path):
    text = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM\nW01000095,Gwynedd 012C,W05001554,Nefyn,Nefyn,W06000002,Gwynedd\n"
    areas = {area.kind: area for area in read(write(tmp_path / "x.csv", text)).areas}
    assert areas["lsoa21"].parents == (("ward", "W05001554"), ("authority", "W06000002"))
    assert areas["ward"].parents == (("authority", "W06000002"),)
    assert (areas["ward"].vintage, areas["ward"].name_cy) == (2024, "Nefyn")


def test_an_authority_lies_in_its_partnership_and_that_in_its_force(tmp_path):
    text = "LAD24CD,LAD24NM,CSP24CD,CSP24NM,PFA24CD,PFA24NM\nW06000002,Gwynedd,W14000002,Gwynedd,W15000001,North Wales\n"
    areas = {area.kind: area.parents for area in read(write(tmp_path / "x.csv", text)).areas}
    assert areas == {"authority": (("csp", "W14000002"),), "csp": (("force", "W15000001"),), "force": ()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lsoa11_code,mid2017,mid2020\nW01000001,1067,1027\n", [("lsoa11", 2017, 1067), ("lsoa11", 2020, 1027)]),
        ("lsoa21_code,census2021_residents\nW01000003,2440\n", [("lsoa21", 2021, 2440)]),
        (
            "ladcode23,laname23,sex,age,population_2022\nW06000001,Anglesey,1,0,300\nW06000001,Anglesey,2,0,290\n",
            [("authority", 2022, 590)],
        ),
        (
            "date,geography,geography code,Residence type: Total; measures: Value,Residence type: Lives in a household; measures: Value\n"
            "2021,Isle of Anglesey 001A,W01000003,2440,2400\n",
            [("lsoa21", 2021, 2440)],
        ),
    ],
)
def test_each_form_of_population_table_is_read(tmp_path, text, expected):
    found = read(write(tmp_path / "x.csv", text)).populations
    assert [(row.kind, row.year, row.residents) for row in found] == expected


def test_a_custom_census_table_is_summed_over_its_categories(tmp_path):
    head = "Lower layer Super Output Areas Code,Lower layer Super Output Areas,Residence type (2 categories) Code,Observation\n"
    path = write(tmp_path / "x.csv", head + "W01000003,A,1,2400\nW01000003,A,2,40\n")
    assert [row.residents for row in read(path, year=2021).populations] == [2440]


def test_households_are_not_taken_for_people(tmp_path):
    text = "Lower layer Super Output Areas Code,Lower layer Super Output Areas,Observation\nW01000003,A,900\n"
    with pytest.raises(Unreadable, match="other than residents"):
        read(write(tmp_path / "x.csv", text), year=2021)


def test_a_table_without_a_year_is_asked_for_one_unless_its_name_tells(tmp_path):
    text = "ltla21_code,total_population\nW06000001,68877.0\n"
    with pytest.raises(Unreadable, match="--year"):
        read(write(tmp_path / "residents.csv", text))
    assert read(tmp_path / "residents.csv", year=2021).populations[0].year == 2021
    told = read(write(tmp_path / "census2021.csv", text))
    assert (told.populations[0].year, told.populations[0].residents) == (2021, 68877)
    assert "name" in told.note


SQUARE = {"type": "Polygon", "coordinates": [[[-4.2, 53.2], [-4.2, 53.3], [-4.1, 53.3], [-4.2, 53.2]]]}


def features(properties, geometry=SQUARE):
    return json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": geometry}]})


def test_a_boundary_file_gives_outlines_with_both_names(tmp_path):
    path = write(tmp_path / "x.geojson", features({"WD13CD": "W05000981", "WD13CDO": "00NANT", "WD13NM": "Aethwy", "WD13NMW": "Aethwy"}))
    (area,) = read(path).areas
    assert (area.kind, area.code, area.vintage, area.name_cy, area.boundary) == ("ward", "W05000981", 2013, "Aethwy", SQUARE)


def test_an_outline_of_ones_own_is_read_with_its_year(tmp_path):
    words = {"own_code": "bangor-centre", "name_cy": "Canol Bangor", "name_en": "Bangor centre", "vintage": 2021, "within": "W06000002"}
    (area,) = read(write(tmp_path / "x.geojson", features(words))).areas
    assert (area.kind, area.code, area.parents) == ("own", "bangor-centre", (("authority", "W06000002"),))
    with pytest.raises(Unreadable, match="vintage"):
        read(write(tmp_path / "y.geojson", features(words | {"vintage": None})))


METRES = {"type": "Polygon", "coordinates": [[[258000.5, 372000.1], [258100.0, 372100.0], [258200.0, 372000.0], [258000.5, 372000.1]]]}
BROKEN = [
    (b"", "empty"),
    (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
    (b"PK\x03\x04rubbish", "zip or Excel"),
    (b"\x00\x01\x02\x03" * 50, "neither"),
    (b"a,b\n1,2\n", "columns are not those"),
    (b"lsoa11_code,mid2020\n", "no line below"),
    (b"lsoa11_code,mid2020\nW01000001,1,2,3\n", "do not all have the columns"),
    (b"lsoa11_code,mid2020\nW01000001\n", "do not all have the columns"),
    (b"code,code\n1,2\n", "each once"),
    (b"LSOA11CD,LSOA21CD\nnonsense,W01000001\n", "where a code such as"),
    (b"lsoa11_code,mid2020\nW01000001,many\n", "number of people"),
    (b"lsoa11_code,mid2020\nW01000001,nan\n", "number of people"),
    (b"lsoa11_code,ltla22_code,ltla22_name\nW01000001,W06000001,Ynys M\xf4n\n", "UTF-8"),
    (gzip.compress(b"lsoa11_code,mid2020\nW01000001,1027\n" * 500)[:-20], "breaks off"),
    (b'{"type": "FeatureCollection", "features": [', "breaks off"),
    (b'{"type": "Feature"}', "not a GeoJSON collection"),
    (b'{"type": "FeatureCollection", "features": []}', "no feature"),
    (features({"name": "somewhere"}).encode(), "no code"),
    (features({"LAD24CD": "W06000001"}, METRES).encode(), "British National Grid"),
    (features({"LAD24CD": "W06000001"}, None).encode(), "missing or not a polygon"),
    (b"lsoa11_code,mid2020\nW01000001," + b"9" * 3_000_000 + b"\n", "(far longer|number of people)"),
]


@pytest.mark.parametrize(("content", "reason"), BROKEN)
def test_a_broken_file_is_refused_with_its_reason(tmp_path, content, reason):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        read(tmp_path / "x.csv")


def test_a_packed_file_reads_as_the_plain_one(tmp_path):
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(CHANGES.encode()))
    assert len(read(tmp_path / "x.csv.gz").successions) == 3


def test_a_packed_file_that_swells_beyond_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(ons_files, "LARGEST", 1 << 20)
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(CHANGES.encode() + b"\n" * (3 << 20)))
    with pytest.raises(Unreadable, match="unpacks to more"):
        read(tmp_path / "x.csv.gz")


@pytest.mark.parametrize("name", ["*.csv", "[a-z].csv", "?.csv", "http:/a.csv"])
def test_a_name_with_wildcards_names_one_file(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "http:").mkdir()
    (tmp_path / "b.csv").write_text("something,else\n1,2\n")
    (tmp_path / name).write_text(CHANGES)
    assert read(Path(name)).rows == 4


def test_the_real_files_give_the_counts_that_are_known(shared_data):
    geography = shared_data / "geography"
    csv = read(geography / "lookup_lsoa11_lsoa21_ltla22_north_wales.csv")
    assert [sum(each.change == what for each in csv.successions) for what in "UMS"] == [408, 14, 2]
    # Nobody is lost between the plain table and the whole of England and Wales.
    whole = read(geography / "lookup_lsoa11_lsoa21_ltla22_ew.parquet")
    assert {(each.old, each.new) for each in csv.successions} <= {(each.old, each.new) for each in whole.successions}
    assert len(read(geography / "electoral_divisions_pre2022_north_wales.geojson").areas) == 254
    path = shared_data / "population" / "lsoa21_census2021_wales.csv"
    plain = {line.split(",")[0]: int(line.split(",")[1]) for line in path.read_text().splitlines()[1:]}
    assert {row.code: row.residents for row in read(path).populations} == plain
