"""Writes the reference pages that the code itself knows: commands, who may what, workflows, tables."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make docs` from the code; change the code, not this page. -->\n"


def commands() -> str:
    """Every verb with its help, as the terminal shows it."""
    from diogel.cli import VERBS, parser_of

    lines = [MADE, "# Commands", "", "Exit status 0: all done. 1: done in part, or findings, each named. 2: nothing done.", ""]
    for verb in VERBS:
        lines += [f"## diogel {' '.join(verb.words)}", "", "```", parser_of(verb).format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def who_may_what() -> str:
    """Roles as rows, powers as columns, from the one place that grants them."""
    from diogel.people.access import GRANTS, ROLE_NAMES, ROLES, May, Role

    lines = [MADE, "# Who may do what", "", "From `diogel/people/access.py`. A role is held in one partnership, from a day to a day.", ""]
    for role, (sentence, powers) in ROLES.items():
        lines += [f"## {str(ROLE_NAMES[role]).capitalize()}", "", str(sentence), ""]
        lines += [f"- {what.value}" for what in May if what in powers] + [""]
    lines += [
        "## Who gives and ends which role",
        "",
        "Nobody gives a role to themselves or ends their own, and the last co-ordinator who can sign in stays",
    ]
    lines[-1] += " until somebody else is one. A role that is not here gives none; `diogel role give` gives any."
    lines += ["", "| role given | " + " | ".join(str(ROLE_NAMES[role]) for role in GRANTS) + " |", "|---|" + "---|" * len(GRANTS)]
    lines += [
        f"| {ROLE_NAMES[given]} | " + " | ".join("yes" if given in GRANTS[role] else "no" for role in GRANTS) + " |" for given in Role
    ]
    return "\n".join(lines)


def workflows() -> str:
    """Each kind's statuses and moves, drawn from the table that the code obeys."""
    from diogel.people.access import May
    from diogel.records.workflow import workflows as known

    lines = [MADE, "# Workflows", ""]
    for workflow in known():
        lines += [
            f"## {str(workflow.title).capitalize()}",
            "",
            "| from | to | label | needs | reason asked | next due |",
            "|---|---|---|---|---|---|",
        ]
        for step in workflow.steps:
            needs = str(May(step.needs).value)
            due = f"{step.due_in_days} days" if step.due_in_days is not None else ""
            reason = "yes" if step.asks_reason else ""
            lines.append(
                f"| {workflow.statuses[step.from_status]} | {workflow.statuses[step.to_status]} | {step.label} | {needs} | {reason} | {due} |"
            )
        lines.append("")
    return "\n".join(lines)


def tables() -> str:
    """Every table and what it is for, room by room."""
    from django.apps import apps

    lines = [MADE, "# Tables", ""]
    for config in apps.get_app_configs():
        models = [model for model in config.get_models() if config.name.startswith("diogel.")]
        if models:
            lines += [f"## {config.name.removeprefix('diogel.')}", ""]
            lines += [f"- **{model.__name__}**: {' '.join((model.__doc__ or '').split())}" for model in models] + [""]
    return "\n".join(lines)


PAGES = {"commands.md": commands, "who-may-what.md": who_may_what, "workflows.md": workflows, "tables.md": tables}


def made() -> dict[str, str]:
    """Every page by name, as the code now says it should read."""
    return {name: page().rstrip() + "\n" for name, page in PAGES.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are out of date")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
    with tempfile.TemporaryDirectory(prefix="diogel-docs-") as home:
        os.environ["DIOGEL_HOME"] = home
        import django

        django.setup()
        pages = made()
    stale = [
        name for name, text in pages.items() if not (REFERENCE / name).exists() or (REFERENCE / name).read_text(encoding="utf-8") != text
    ]
    if args.check:
        print(*[f"docs/reference/{name} is out of date: run `make docs`" for name in stale], sep="\n")
        return 1 if stale else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (REFERENCE / name).write_text(pages[name], encoding="utf-8")
        print(f"wrote docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
