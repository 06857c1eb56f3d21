"""The `diogel` command: a table of verbs, each loaded only when it is called."""

from __future__ import annotations

import argparse
import importlib
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diogel import __version__
from diogel.home import home


@dataclass(frozen=True)
class Verb:
    """A verb: the words that call it, the module that does it, and one line on what it is for."""

    words: tuple[str, ...]
    module: str
    summary: str


VERBS = (
    Verb(("start",), "diogel.cli.start", "make the first partnership and the first person of an empty home"),
    Verb(("role", "give"), "diogel.cli.role_give", "give somebody a role, also one that nobody at the desk may give"),
    Verb(("serve",), "diogel.cli.serve", "serve the site from this home"),
    Verb(("demo",), "diogel.cli.demo", "make this home a demo: both examples, invented crime rows, one pack"),
    Verb(("example", "load"), "diogel.cli.example_load", "load an example partnership, or all of them"),
    Verb(("example", "crime"), "diogel.cli.example_crime", "make 48 months of invented crime rows and load them"),
    Verb(("crime", "load"), "diogel.cli.crime_load", "read police.uk monthly files into the crime store"),
    Verb(("crime", "counts"), "diogel.cli.crime_counts", "count recorded rows by month, area and type"),
    Verb(("crime", "fetch"), "diogel.cli.crime_fetch", "download monthly archives from data.police.uk"),
    Verb(("places", "load"), "diogel.cli.places_load", "read lookups, boundaries and populations as ONS publishes them"),
    Verb(("plan", "show"), "diogel.cli.plan_show", "print a partnership's plan whole"),
    Verb(("plan", "import"), "diogel.cli.plan_import", "read a plan from Word or Excel, say what it changes, and take it over"),
    Verb(("plan", "lint"), "diogel.cli.plan_lint", "find what is missing, crossed or out of date in a partnership's plan"),
    Verb(("round", "open"), "diogel.cli.round_open", "open a quarter's round of updates: ask everyone by letter, and chase who is late"),
    Verb(("round", "chase"), "diogel.cli.round_chase", "write to everyone who has not answered in the open round"),
    Verb(("round", "show"), "diogel.cli.round_show", "print a round: who is asked about what, and what is late"),
    Verb(("post", "send"), "diogel.cli.post_send", "send the letters that are queued; killed and run again it repeats nothing"),
    Verb(("post", "show"), "diogel.cli.post_show", "list letters and how far each has come"),
    Verb(("assessment", "show"), "diogel.cli.assessment_show", "print a year's assessment: its themes by risk, and what is missing"),
    Verb(("assessment", "build"), "diogel.cli.assessment_build", "build the assessment document and its public summary"),
    Verb(("unusual", "look"), "diogel.cli.unusual_look", "look through a quarter's figures and make a card of each unusual one"),
    Verb(("nightly",), "diogel.cli.nightly", "work out everything heavy and keep it, for pages to read"),
    Verb(("pack", "quarter"), "diogel.cli.pack_quarter", "build a quarter's pack in both languages and all formats"),
    Verb(("words", "export"), "diogel.cli.words_export", "write the sentences that wait for a translator, as XLIFF or Excel"),
    Verb(("words", "import"), "diogel.cli.words_import", "read a translator's file back, as drafts to be checked"),
    Verb(("pack", "annual"), "diogel.cli.pack_annual", "build the report of a plan's year in both languages and all formats"),
    Verb(("analyse", "rates"), "diogel.cli.analyse.rates", "rates of places with exact limits, from a CSV file"),
    Verb(("analyse", "anomalies"), "diogel.cli.analyse.anomalies", "which places and types of a quarter are unusual, from a CSV file"),
    Verb(("analyse", "steps"), "diogel.cli.analyse.steps", "when and by how much the level of a series changed, from a CSV file"),
    Verb(("analyse", "hotspots"), "diogel.cli.analyse.hotspots", "where points lie thick, as a density in metres, from a CSV file"),
    Verb(("analyse", "gistar"), "diogel.cli.analyse.gistar", "which areas are hot or cold with those around them, from a CSV file"),
    Verb(("analyse", "knox"), "diogel.cli.analyse.knox", "whether near events follow one another sooner than chance, from a CSV file"),
    Verb(("analyse", "evaluate"), "diogel.cli.analyse.evaluate", "whether an operation worked, against control areas, from a CSV file"),
    Verb(("analyse", "survey"), "diogel.cli.analyse.survey", "a table of one survey question with its bases, from a CSV file"),
    Verb(("analyse", "suppress"), "diogel.cli.analyse.suppress", "which cells of a table of counts must be withheld, from a CSV file"),
    Verb(("backup", "make"), "diogel.cli.backup.make", "put everything that this home keeps into one file"),
    Verb(("backup", "check"), "diogel.cli.backup.check", "check that a backup is whole and its log ends where it says"),
    Verb(("backup", "restore"), "diogel.cli.backup.restore", "put a backup back into an empty home"),
    Verb(("disposal", "run"), "diogel.cli.disposal_run", "let go what is kept no longer, by its dates; the numbers stay"),
    Verb(("audit", "verify"), "diogel.cli.audit_verify", "check that no row of the log was changed or removed"),
)


STOPPED = "Stopped. Nothing more was written."
INTERRUPTED = "Query interrupted"
"""What DuckDB makes of a keyboard interrupt in the middle of a query."""


class Refusal(Exception):
    """Why a verb did nothing, in one sentence for the person at the keyboard."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. 0: all done; 1: done in part, or findings, named; 2: nothing done."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] == "--version":
        print(f"diogel {__version__}")
        return 0
    verb = _verb_called(words)
    if verb is None:
        return _explain(words)
    if in_the_way := _in_the_way_of_home():
        print(f"{in_the_way} is a file, so it cannot be the home or hold it. Name another folder with DIOGEL_HOME.", file=sys.stderr)
        return 2
    try:
        args = parser_of(verb).parse_args(words[len(verb.words) :])
        return int(importlib.import_module(verb.module).run(args))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as fault:  # the edge of the program: whatever went wrong, the exit status must say that nothing was done
        if isinstance(fault, RuntimeError) and str(fault) == INTERRUPTED:
            print(STOPPED, file=sys.stderr)
            return 2
        traceback.print_exc()
        print("Diogel failed inside; nothing was done. The lines above tell its makers where.", file=sys.stderr)
    return 2


def _in_the_way_of_home() -> Path | None:
    """A file that lies where the home or a folder above it should be; None where all is as it should be."""
    here = home()
    lies = next((path for path in (here, *here.parents) if path.exists()), None)
    return lies if lies is not None and not lies.is_dir() else None


def parser_of(verb: Verb) -> argparse.ArgumentParser:
    """The verb's own parser; the docs are made from it too."""
    module = importlib.import_module(verb.module)
    summary = verb.summary[0].upper() + verb.summary[1:] + "."
    parser = argparse.ArgumentParser(prog=" ".join(("diogel", *verb.words)), description=summary, formatter_class=_Help)
    module.add_arguments(parser)
    return parser


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the docs are, whatever the terminal, so that both read alike."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=110)


def _verb_called(words: Sequence[str]) -> Verb | None:
    return next((verb for verb in VERBS if tuple(words[: len(verb.words)]) == verb.words), None)


def _explain(words: Sequence[str]) -> int:
    """The list of verbs, whole or of one family; wrong words are told so and cost exit status 2."""
    asked = not words or words[0] in ("-h", "--help", "help")
    family = [verb for verb in VERBS if words and verb.words[0] == words[0]]
    wants_help = asked or (family and (len(words) == 1 or words[1] in ("-h", "--help")))
    out = sys.stdout if wants_help else sys.stderr
    if not wants_help:
        print(f"There is no command “diogel {' '.join(words[:2])}”.", file=out)
    print("usage: diogel COMMAND [options]   (diogel COMMAND --help tells more)\n", file=out)
    for verb in family or VERBS:
        print(f"  {' '.join(verb.words):<16} {verb.summary}", file=out)
    print("\nDIOGEL_HOME names the folder for database, crime store and packs.", file=out)
    return 0 if wants_help and (asked or len(words) > 1) else 2
