"""What the docs say is what the code does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from diogel.cli import VERBS, main, parser_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb.words))
def test_every_verb_has_help_and_a_place_in_the_docs(verb):
    parser = parser_of(verb)
    assert all(action.help for action in parser._actions), "an option without help"
    assert f"## diogel {' '.join(verb.words)}\n" in (ROOT / "docs" / "reference" / "commands.md").read_text()


def test_every_verb_knows_its_words_before_anything_else_is_set_up():
    """In a process of its own, as it is called: here Django is set up already, and hides what leans on it too early."""
    asked = "from diogel.cli import VERBS, parser_of; [parser_of(verb) for verb in VERBS]"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_generated_pages_are_current():
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "docs.py"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_command_is_told_so_and_does_nothing(capsys):
    assert main(["nonsense"]) == 2
    assert "There is no command" in capsys.readouterr().err


def test_a_family_lists_its_verbs(capsys):
    assert main(["crime", "--help"]) == 0
    out = capsys.readouterr().out
    assert "crime load" in out
    assert "plan show" not in out


def test_every_method_has_its_page():
    told = {path.stem for path in (ROOT / "docs" / "methods").glob("*.md")}
    plain = {"periods", "counts", "__init__", "chart_house", "findings", "baseline", "judging", "tails"}
    # Drawn and measured; told on the pages of what they serve.
    plain |= {"charts_ahead", "charts_compared", "charts_control", "charts_places", "polygons", "outline_map"}
    methods = {path.stem for path in (ROOT / "diogel" / "analysis").glob("*.py")} - plain
    assert methods - told - {"regression"} == set()


def test_every_link_inside_the_docs_leads_somewhere():
    import re

    broken = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []
