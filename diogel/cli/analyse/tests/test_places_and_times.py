"""The verbs of space, time and effect: the planted pattern is found, and what cannot be answered is refused in one sentence."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest

from diogel.cli import main

PERIODS = ["--before", "2020-01-01", "2020-12-31", "--after", "2021-01-01", "2021-12-31"]


@pytest.fixture
def given(tmp_path):
    def write(head, rows, name="given.csv"):
        path = tmp_path / name
        path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
        return str(path)

    return write


def asked(capsys, *words):
    status = main(["analyse", *words, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else None, err


def events(pairs=60):
    """Events at random, some followed three days later and 30 metres away."""
    rng = np.random.default_rng(4)
    for at in range(5 * pairs):
        east, north, day = rng.uniform(0, 2000), rng.uniform(0, 2000), int(rng.integers(0, 360))
        for k in range(2 if at % 5 == 0 else 1):
            yield f"{250_000 + east + 30 * k:.0f}", f"{360_000 + north:.0f}", date(2021, 1, 1) + timedelta(days=day + 3 * k)


def squares():
    for i in range(12):
        for j in range(12):
            yield f"A{i}-{j}", 10 + (i * 7 + j * 3) % 5 + (25 if i < 3 and j < 3 else 0), 1000 * i, 1000 * j


def test_knox_finds_the_planted_repeats_and_the_same_seed_the_same_p(given, capsys, tmp_path):
    path = given("easting,northing,day", events())
    words = ["knox", path, "--metres", "100,200", "--days", "7,14", "--permutations", "99", "--seed", "7"]
    status, found, _ = asked(capsys, *words, "--svg", str(tmp_path / "k.svg"))
    assert status == 0
    assert [row["p"] < 0.05 for row in found["rows"]] == [True, False, False, False]
    assert found["rows"][0]["observed"] >= 60
    assert found == asked(capsys, *words)[1]
    assert "2021" not in (tmp_path / "k.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(250000, 360000, "03/04/2021")], "could be read in two ways"),
        ([(250000, 360000, "2021-04")], "is no day"),
        ([(-4.1, 53.2, "2021-04-03"), (-4.2, 53.1, "2021-04-09")], "degrees"),
        ([(250000, 360000, "2021-04-03")], "at least two events"),
        ([(250000, 360000, "2021-04-03"), (250010, 360000, "2021-04-03")], "all events are of one day"),
        ([(250000, 360000, "2021-01-01")] * 3 + [(250000, 360000, "2021-02-01")] * 3, "month"),
    ],
)
def test_knox_refuses_what_has_no_answer(given, capsys, rows, why):
    status, found, err = asked(capsys, "knox", given("easting,northing,day", rows))
    assert (status, found) == (2, None)
    assert why in err


def test_gistar_finds_the_planted_corner_by_either_way(given, capsys):
    path = given("area,value,easting,northing", squares())
    corner = {f"A{i}-{j}" for i in range(2) for j in range(2)}
    for more in ([], ["--permutations", "999", "--seed", "3"]):
        status, found, err = asked(capsys, "gistar", path, "--within", "1500", "--origin", "snapped", *more)
        assert status == 0
        assert corner <= {row["area"] for row in found["rows"] if row["call"] == "hot"}
        assert found["caption_cy"] != found["caption_en"]
        assert found["caption_en"] in err


def test_gistar_reads_a_neighbour_list(given, capsys):
    areas = given("area,value", [("a", 9), ("b", 8), ("c", 1), ("d", 0), ("e", 1)])
    pairs = given("area,neighbour", [("a", "b"), ("c", "d")], name="n.csv")
    status, found, _ = asked(capsys, "gistar", areas, "--neighbours", pairs, "--origin", "extract")
    assert status == 0
    assert found["islands"] == ["e"]
    assert found["rows"][0]["z"] == found["rows"][1]["z"] > 0
    strangers = given("area,neighbour", [("a", "x")], name="n.csv")
    assert "x" in asked(capsys, "gistar", areas, "--neighbours", strangers, "--origin", "extract")[2]
    assert "needs" in asked(capsys, "gistar", areas, "--nearest", "2", "--origin", "extract")[2].replace("need ", "needs ")


def square_outlines(names, key="LSOA21CD"):
    def ring(i, j):
        west, south = -4.1 + 0.02 * i, 53.1 + 0.01 * j
        return [[west, south], [west + 0.02, south], [west + 0.02, south + 0.01], [west, south + 0.01], [west, south]]

    features = [
        {
            "type": "Feature",
            "properties": {"OBJECTID": at, key: name},
            "geometry": {"type": "Polygon", "coordinates": [ring(*divmod(at, 12))]},
        }
        for at, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_gistar_is_drawn_as_a_map_of_points_of_outlines_or_as_a_ranking(given, capsys, tmp_path):
    rows, svg = list(squares()), tmp_path / "g.svg"
    words = ["--origin", "snapped", "--svg", str(svg)]
    asked(capsys, "gistar", given("area,value,easting,northing", rows), "--within", "1500", *words)
    points = svg.read_text(encoding="utf-8")
    assert all(word in points for word in (">hot<", ">cold<", ">neither<", ">A0-0<"))
    outlines = tmp_path / "o.geojson"
    outlines.write_text(square_outlines([row[0] for row in rows]), encoding="utf-8")
    status, _, _ = asked(
        capsys,
        "gistar",
        given("area,value,easting,northing", rows),
        "--within",
        "1500",
        "--outlines",
        str(outlines),
        "--language",
        "cy",
        *words,
    )
    drawn = svg.read_text(encoding="utf-8")
    assert status == 0
    assert drawn.count("data-area=") == 144
    assert "poeth" in drawn
    areas = given("area,value", [("a", 9), ("b", 8), ("c", 1), ("d", 0), ("e", 1)])
    pairs = given("area,neighbour", [("a", "b"), ("c", "d")], name="n.csv")
    asked(capsys, "gistar", areas, "--neighbours", pairs, *words)
    ranked = svg.read_text(encoding="utf-8")
    assert ranked.index(">a<") < ranked.index(">d<")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (square_outlines(["A0-0"]), "has no outline of"),
        ('{"type": "FeatureCollection", "features": []}', "has no outline of"),
        ("[1]", "is not a GeoJSON collection"),
        ("{", "is not a GeoJSON collection"),
    ],
)
def test_outlines_that_lack_an_area_are_refused(given, capsys, tmp_path, text, why):
    path = tmp_path / "o.geojson"
    path.write_text(text, encoding="utf-8")
    words = ["--within", "1500", "--origin", "snapped", "--svg", str(tmp_path / "g.svg"), "--outlines", str(path)]
    status, _, err = asked(capsys, "gistar", given("area,value,easting,northing", squares()), *words)
    assert status == 2
    assert why in err


def test_an_unknown_origin_is_no_origin(given, capsys):
    with pytest.raises(SystemExit):
        main(["analyse", "gistar", given("area,value", [("a", 1)]), "--nearest", "1", "--origin", "map"])
    assert "say snapped" in capsys.readouterr().err


def test_an_operation_is_judged_and_drawn_in_welsh(given, capsys, tmp_path):
    rows = [("target", 220, 120), ("control", 200, 204), ("buffer", 60, 62), ("buffer_control", 50, 49)]
    drawn = tmp_path / "e.svg"
    status, found, _ = asked(capsys, "evaluate", given("area,before,after", rows), *PERIODS, "--svg", str(drawn), "--language", "cy")
    assert (status, found["verdict"]) == (0, "fewer")
    effects = {row["effect"]: row for row in found["rows"]}
    assert effects["local"]["high"] < 0 < effects["displaced"]["high"]
    assert "Gyda’i gilydd" in drawn.read_text(encoding="utf-8")


def test_periods_of_other_seasons_and_small_counts_are_told(given, capsys):
    path = given("area,before,after", [("target", 4, 3), ("control", 20, 20)])
    periods = ["--before", "2020-01-01", "2020-03-31", "--after", "2020-07-01", "2020-09-30"]
    _, found, err = asked(capsys, "evaluate", path, *periods)
    assert (found["is_rough"], found["seasons_differ"]) == (True, True)
    assert "below five" in err
    assert "different parts of the year" in err


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("target", 4, 3)], "no line for the control area"),
        ([("target", 4, 3), ("target", 4, 3)], "each at most once"),
        ([("target", 4, 3), ("town", 4, 3)], "each line is one of"),
        ([("target", 4, 3), ("control", 4, 3), ("buffer", 4, 3)], "control"),
    ],
)
def test_an_evaluation_without_its_areas_is_refused(given, capsys, rows, why):
    status, _, err = asked(capsys, "evaluate", given("area,before,after", rows), *PERIODS)
    assert status == 2
    assert why in err
