"""Survey tables and withheld tables, from a file to what may be told."""

from __future__ import annotations

import json

import pytest

from diogel.cli import main


@pytest.fixture
def asked(tmp_path, capsys):
    def ask(verb, head, rows, *words):
        path = tmp_path / "given.csv"
        path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
        status = main(["analyse", verb, str(path), *words, "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return ask


def answers(**counts):
    return [(answer.replace("_", " "),) for answer, count in counts.items() for _ in range(count)]


def test_top_two_is_reckoned_from_counts(asked):
    rows = answers(very_safe=333, fairly_safe=333, unsafe=334)
    _, found, err = asked("survey", "answer", rows, "--sampling", "probability", "--together", "very safe,fairly safe")
    by_answer = {row["answer"]: row for row in found["rows"]}
    assert [by_answer[one]["percent"] for one in ("very safe", "fairly safe")] == [33, 33]
    assert by_answer["very safe + fairly safe"]["percent"] == 67
    assert "do not add up to 100" in err
    assert by_answer["very safe"]["low"] < 0.333 < by_answer["very safe"]["high"]


def test_people_who_chose_to_respond_have_no_interval(asked):
    _, found, err = asked("survey", "answer", answers(yes=40, no=60), "--sampling", "self_selected")
    assert {row["low"] for row in found["rows"]} == {None}
    assert "Nobody was drawn at random" in err


def test_no_answer_and_not_asked_leave_the_base(asked):
    rows = [*answers(yes=30, no=10), *answers(skip=7), *[('""',)] * 5]
    _, found, _ = asked("survey", "answer", rows, "--sampling", "self_selected", "--routed-past", "skip")
    assert found["bases"][0]["bases"] == {"answered": 40, "not_answered": 5, "routed_past": 7}
    assert found["rows"][0]["percent"] == 75


def test_a_small_group_is_kept_back_with_one_that_would_tell_it(asked):
    rows = [
        (answer, group)
        for group, size in (("north", 40), ("south", 30), ("isle", 4))
        for (answer,) in answers(yes=size // 2, no=size - size // 2)
    ]
    _, found, err = asked("survey", "answer,group", rows, "--sampling", "self_selected")
    told = {row["group"] for row in found["rows"]}
    assert "" in told
    assert "isle" not in told
    assert len(told) == 2
    assert "Kept back" in err


def test_several_answers_are_shares_of_people(asked):
    rows = [("street;home",)] * 15 + [("home",)] * 15
    _, found, _ = asked("survey", "answer", rows, "--sampling", "self_selected", "--several", ";")
    assert {row["answer"]: row["percent"] for row in found["rows"]} == {"home": 100, "street": 50}


def test_an_answer_that_is_no_option_is_refused(asked):
    status, _, err = asked("survey", "answer", answers(yes=20, maybe=1), "--sampling", "self_selected", "--options", "yes,no")
    assert status == 2
    assert "maybe" in err


def test_no_small_count_and_nothing_that_tells_it_is_shown(asked, tmp_path):
    cells = [("a", "x", 3), ("a", "y", 12), ("a", "z", 20), ("b", "x", 30), ("b", "y", 14), ("b", "z", 25)]
    status, found, _ = asked("suppress", "row,column,count", cells, "--svg", str(tmp_path / "s.svg"))
    assert status == 0
    hidden = {(row["row"], row["column"]) for row in found["rows"] if row["withheld"]}
    assert ("a", "x") in hidden
    assert len(hidden) >= 4
    assert all((row["count"] is None) == row["withheld"] for row in found["rows"])
    assert ">3<" not in (tmp_path / "s.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([("a", "x", 3), ("b", "y", 3)], "has no line (2 such)"),
        ([("a", "x", 3), ("a", "x", 3)], "stands on two lines"),
        ([("a", "x", 3), ("total", "x", 3)], "Leave out the rows and columns"),
        ([("a", "x", "<5")], "is no count"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(asked, cells, why):
    status, _, err = asked("suppress", "row,column,count", cells)
    assert status == 2
    assert why in err
