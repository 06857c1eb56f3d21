"""`diogel analyse hotspots`: the thickest cell lies where the points were laid, and places that are none are told or refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from diogel.cli import main

SQUARE = [[-4.2, 53.2], [-4.0, 53.2], [-4.0, 53.3], [-4.2, 53.3], [-4.2, 53.2]]


@pytest.fixture
def asked(tmp_path, capsys):
    def ask(rows, *words, head="longitude,latitude"):
        path = tmp_path / "given.csv"
        path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
        status = main(["analyse", "hotspots", str(path), "--origin", "snapped", *words, "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return ask


@pytest.fixture
def boundary(tmp_path):
    path = tmp_path / "own.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}))
    return str(path)


def points(at=(-4.1, 53.25), thick=200):
    rng = np.random.default_rng(8)
    near = rng.normal(at, 0.002, (thick, 2))
    far = rng.uniform((-4.19, 53.21), (-4.01, 53.29), (100, 2))
    return [(f"{x:.6f}", f"{y:.6f}") for x, y in (*near, *far)]


def test_the_thickest_cell_lies_where_most_points_were_laid(asked, boundary, tmp_path):
    drawn = tmp_path / "map.svg"
    words = ("--boundary", boundary, "--svg", str(drawn), "--language", "cy", "--top", "3")
    rows = [("row", x, y) for x, y in (*points(), ("-3.5", "53.25"), ("", ""))]
    status, found, err = asked(rows, *words, head="id,longitude,latitude")
    assert status == 0
    assert (found["points"], found["outside"], found["without_place"], len(found["rows"])) == (300, 1, 1, 3)
    assert abs(found["rows"][0]["longitude"] + 4.1) < 0.004
    assert abs(found["rows"][0]["latitude"] - 53.25) < 0.003
    assert found["caption_en"] in err
    assert "pwyntiau i bob km²" in drawn.read_text(encoding="utf-8")


def test_metres_and_degrees_answer_alike(asked):
    from diogel.analysis.hotspots.projection import to_grid

    degrees = points()
    east, north = to_grid([float(x) for x, _ in degrees], [float(y) for _, y in degrees])
    metres = [(f"{e:.3f}", f"{n:.3f}") for e, n in zip(east, north, strict=True)]
    one, other = asked(degrees)[1], asked(metres, head="easting,northing")[1]
    assert one["rows"][0]["per_km2"] == pytest.approx(other["rows"][0]["per_km2"], rel=1e-3)


@pytest.mark.parametrize(
    ("rows", "head", "words", "why"),
    [
        ([(53.25, -4.1)], "longitude,latitude", [], "longitude comes first"),
        ([(-4.1, 53.25)], "easting,northing", [], "degrees"),
        ([("row", "", "")], "id,longitude,latitude", [], "Not one line has a place"),
        ([(2.35, 48.85)], "longitude,latitude", [], "United Kingdom"),
        ([(-4.1, 53.25)], "longitude,northing", [], "need the columns"),
        ([(-4.1, 53.25)], "longitude,latitude", ["--cell", "400"], "choose smaller cells or a wider kernel"),
    ],
)
def test_what_is_no_place_is_refused(asked, rows, head, words, why):
    status, _, err = asked(rows, *words, head=head)
    assert status == 2
    assert why in err


@pytest.mark.parametrize("text", ["", "[]", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "FeatureCollection"}'])
def test_a_boundary_that_is_none_is_refused(asked, tmp_path, text):
    (tmp_path / "bad.geojson").write_text(text)
    status, _, err = asked(points(), "--boundary", str(tmp_path / "bad.geojson"))
    assert status == 2
    assert err.count("\n") == 1
