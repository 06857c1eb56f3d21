"""`diogel analyse …` as it is typed: files in, table, CSV, JSON and pictures out, and every bad line by name."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from diogel.cli import main

RATES = "place,count,population\nGwynedd,120,117000\nYnys Môn,40,69000\nConwy,200,114000\n"
DATED = ["--year", "2021", "--source", "Census 2021"]


@pytest.fixture
def given(tmp_path):
    def write(text, name="given.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return str(path)

    return write


def series(odd=1):
    rows = ["place,type,month,count"]
    for place in "ABC":
        for at in range(48):
            count = 40 + (7 * at) % 11 + (at % 3)
            rows.append(f"{place},theft,{2018 + at // 12}-{at % 12 + 1:02d},{count * (odd if place == 'B' and at >= 46 else 1)}")
    return "\n".join(rows) + "\n"


def test_json_holds_full_precision_and_goes_alone_to_stdout(given, capsys):
    assert main(["analyse", "rates", given(RATES), *DATED, "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert found["rows"][0]["rate"] == 120 * (1000 / 117000)
    assert found["source"] == "Census 2021"


def test_rates_are_drawn_from_the_highest_down_with_the_rate_of_all_together(given, tmp_path, capsys):
    svg, png = tmp_path / "r.svg", tmp_path / "r.png"
    assert main(["analyse", "rates", given(RATES), *DATED, "--svg", str(svg), "--png", str(png), "--language", "cy"]) == 0
    drawn = svg.read_text(encoding="utf-8")
    assert drawn.index("Conwy") < drawn.index("Gwynedd") < drawn.index("Ynys Môn")
    assert "pob lle gyda’i gilydd" in drawn
    assert ">1.8</text>" in drawn
    assert png.read_bytes()[:4] == b"\x89PNG"
    alone = given("place,count,population\nGwynedd,0,117000\n")
    assert main(["analyse", "rates", alone, *DATED, "--svg", str(svg)]) == 0
    assert "all places" not in svg.read_text(encoding="utf-8")


def test_csv_says_the_same_as_json(given, capsys):
    path = given(RATES)
    main(["analyse", "rates", path, *DATED, "--json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    main(["analyse", "rates", path, *DATED, "--csv"])
    as_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [float(row["high"]) for row in as_csv] == [row["high"] for row in rows]
    assert [row["place"] for row in as_csv] == ["Gwynedd", "Ynys Môn", "Conwy"]


def test_a_column_by_another_name_is_found_when_told(given, capsys):
    path = given(RATES.replace("place", "Ardal"))
    assert main(["analyse", "rates", path, *DATED]) == 2
    assert "no column 'place'. Its headings are 'Ardal', 'count', 'population'" in capsys.readouterr().err
    assert main(["analyse", "rates", path, *DATED, "--column", "place=Ardal"]) == 0


def test_a_faulty_line_stops_all_unless_it_is_to_be_left_out(given, capsys):
    path = given(RATES + "Wrecsam,1.5,136000\nFflint,-2,155000\nDinbych,9\n")
    assert main(["analyse", "rates", path, *DATED]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "line 5: count: '1.5' is no count" in told.err
    assert "line 6: count: '-2' is no count" in told.err
    assert "line 7: 2 cells where the headings are 3" in told.err
    assert main(["analyse", "rates", path, *DATED, "--skip-bad-lines", "--json"]) == 1
    told = capsys.readouterr()
    assert [row["place"] for row in json.loads(told.out)["rows"]] == ["Gwynedd", "Ynys Môn", "Conwy"]
    assert "line 5" in told.err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column"),
        ("place,count,population\n", "no line that can be read"),
        ("place,count,count,population\nA,1,2,3\n", "two columns are called 'count'"),
        ("place,count,population\nA,1,0\n", "cannot be told of 0 people"),
        ("place,count,population\nA,1,10\nA,2,10\n", "A stands on two lines"),
        ("place,count,population\nA," + "9" * 40 + ",10\n", "too large for a count"),
        ("place,count,population\nA,١٢,10\n", "is no count"),
    ],
)
def test_a_file_without_an_answer_gets_one_sentence(given, capsys, text, why):
    assert main(["analyse", "rates", given(text), *DATED]) == 2
    assert why in capsys.readouterr().err


def test_a_file_that_is_not_text_is_refused(tmp_path, capsys):
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00place")
    assert main(["analyse", "rates", str(tmp_path / "x.csv"), *DATED]) == 2
    assert "not in UTF-8" in capsys.readouterr().err
    assert main(["analyse", "rates", str(tmp_path / "none.csv"), *DATED]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_planted_rise_comes_first_and_is_drawn(given, tmp_path, capsys):
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    assert main(["analyse", "anomalies", given(series(odd=3)), "--json", "--svg", str(svg), "--png", str(png)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["looked_at"], found["unusual"], found["quarter"]) == (3, 1, "2021-12")
    assert (found["rows"][0]["place"], found["rows"][0]["direction"]) == ("B", "higher")
    assert all(0 <= row["power"] <= row["power_of_doubling"] <= 1 < row["smallest_rise"] for row in found["rows"])
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")
    assert png.read_bytes()[:4] == b"\x89PNG"


def test_a_quiet_file_raises_nothing_and_a_gap_is_not_nought(given, capsys):
    assert main(["analyse", "anomalies", given(series()), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unusual"] == 0
    text = "\n".join(line for line in series().splitlines() if not line.startswith("B,theft,2021-11"))
    assert main(["analyse", "anomalies", given(text), "--json"]) == 0
    told = capsys.readouterr()
    found = {row["place"]: row for row in json.loads(told.out)["rows"]}
    assert (found["B"]["method"], found["B"]["observed"], found["B"]["missing"]) == ("missing", None, ["2021-11"])
    assert "Without a count for the whole quarter: 1 of 3 series." in told.err


def test_types_without_a_line_are_nought_only_when_told(given, capsys):
    path = given("month,type,count\n2021-01,a,1\n2021-02,a,1\n2021-03,a,1\n2021-01,b,2\n")
    main(["analyse", "anomalies", path, "--json"])
    assert {row["method"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"missing"}
    main(["analyse", "anomalies", path, "--json", "--fill-zeros"])
    assert {row["type"]: row["observed"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"a": 3, "b": 2}


def test_a_cell_given_twice_is_refused(given, capsys):
    assert main(["analyse", "anomalies", given("month,count\n2021-01,1\n2021-01,2\n")]) == 2
    assert "2021-01 stands on two lines" in capsys.readouterr().err


def test_analyses_load_neither_django_nor_a_drawing_engine(given):
    told = "import sys; from diogel.cli import main; main(sys.argv[1:]); print([m for m in ('django', 'vl_convert') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", told, "analyse", "rates", given(RATES), *DATED], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
