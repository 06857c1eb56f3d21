"""What came of a load as sentences that a person reads, all in one table, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import FileKey

from .outcome import Given, LoadReport, Taken, flags_of
from .partial import LEAST_SHARE, NEIGHBOURS
from .store import totals

SENTENCES = {
    "dry": "Nothing was written: this was a dry run. What follows is what would happen.",
    "emptied": "The store held invented rows. They are gone: real and invented rows are never kept together.",
    "taken": "Read {files} with {rows} rows.",
    "replaced": "{key}: replaced. {before} rows before, {rows} now ({more}); {new} new or changed, {gone} gone or changed.",
    "same": "{key}: replaced by the same {rows} rows in another form.",
    "unchanged": "{files} unchanged: the store holds these very bytes already.",
    "given_twice": "{label}: given twice in one call; {reason} was taken.",
    "left_aside": "{files} left aside, which hold no street rows: {names}.",
    "refused": "Refused: {label}. {reason}",
    "partial": "{key} is partial: {rows} rows, usually about {usual}. It counts as not known.",
    "rule": "A month is partial with less than {share} of the median of its force's other months, the nearest {months} at most.",
    "whole_again": "{key} is no longer taken for partial.",
    "outside": "{force}: rows outside the force's area, kept apart: {n}, in {files} ({names}).",
    "without_place": "{force}: rows without a place, counted in the force's figure only: {n}, in {files}.",
    "without_point": "{force}: rows with an LSOA code and no coordinates: {n}, in {files}.",
    "far_away": "{force}: rows with coordinates outside these islands: {n}, in {files}.",
    "unknown_types": "{force}: rows with a crime type that is not one of the fourteen, counted under its own name: {n}, in {files} ({names}).",
    "with_context": "{force}: rows with something in the column Context, which is always empty: {n}, in {files}.",
    "inside": "{force}: rows inside the area of another force, told apart and added only when asked for: {n}, in {files}.",
    "other_reporters": "{force}: rows that another force reported: {n}, in {files} ({names}).",
    "both": "{force}: LSOA codes of 2011 and of 2021 side by side: {files}.",
    "mixed": "{force}: lines that end in two ways, LF and CRLF: {files}.",
    "vintages": "LSOA codes: {told}. Both are counted on one common ground.",
    "store": "The store now holds {kind} rows: {files}, {months}, {rows} rows.",
    "would_store": "The store would then hold {kind} rows: {files}, {months}, {rows} rows.",
    "nothing": "Nothing was loaded.",
}
HEAD = ("Force", "Files", "First", "Last", "Rows", "In the area", "Elsewhere", "No place")
KINDS = {"real": "real", "synthetic": "invented"}
MOST_NAMES = 12


def as_text(report: LoadReport) -> str:
    """The report as a person reads it: what was read, what is odd, what was refused, what the store holds now."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: LoadReport) -> Iterator[str]:
    if report.is_dry_run:
        yield SENTENCES["dry"]
    if report.has_emptied_synthetic:
        yield SENTENCES["emptied"]
    if report.taken:
        yield _say("taken", files=_files(len(report.taken)), rows=_n(sum(taken.tally.rows for taken in report.taken)))
        yield from _table(report.taken)
        yield from _vintages(report.taken)
    yield from _revised(report)
    yield from _flags(report)
    yield from _put_by(report)
    for given in report.of("refused"):
        yield _say("refused", label=given.label, reason=given.reason)
    if not report.taken and not report.of("unchanged"):
        yield SENTENCES["nothing"]
    if report.files:
        months = sorted({file.key.month for file in report.files})
        sums = totals(report.files)
        yield _say(
            "would_store" if report.is_dry_run and report.taken else "store",
            kind=KINDS[report.kind],
            files=_files(len(report.files)),
            months=f"{months[0]} to {months[-1]}",
            rows=_n(sums["rows"]),
        )


def _table(taken: Sequence[Taken]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [HEAD]
    for force, group in groupby(sorted(taken, key=lambda one: (one.tally.key.force, one.tally.key)), key=lambda one: one.tally.key.force):
        here = [one.tally for one in group]
        inside, none = sum(tally.inside for tally in here), sum(tally.without_place for tally in here)
        whole = sum(tally.rows for tally in here)
        months = (str(here[0].key.month), str(here[-1].key.month))
        rows.append((force, _n(len(here)), *months, _n(whole), _n(inside), _n(whole - inside - none), _n(none)))
    yield from table(rows, right=(1, 4, 5, 6, 7))


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> Iterator[str]:
    """Rows as lines in columns, those in `right` set to the right; the first row is the head."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = (cell.rjust(width) if at in right else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield ("  " + "  ".join(cells)).rstrip()


def _vintages(taken: Sequence[Taken]) -> Iterator[str]:
    found: dict[str, list[Month]] = {}
    for one in taken:
        if one.tally.vintage in ("2011", "2021"):
            found.setdefault(one.tally.vintage, []).append(one.tally.key.month)
    if found:
        told = "; ".join(
            f"{vintage} ({_n(len(months))} files, {min(months)} to {max(months)})" for vintage, months in sorted(found.items())
        )
        yield _say("vintages", told=told)


def _revised(report: LoadReport) -> Iterator[str]:
    for one in report.taken:
        if (was := one.revision) is None:
            continue
        rows = one.tally.rows
        if not was.rows_new and not was.rows_gone:
            yield _say("same", key=one.tally.key, rows=_n(rows))
            continue
        yield _say(
            "replaced",
            key=one.tally.key,
            before=_n(was.rows_before),
            rows=_n(rows),
            more=more_or_fewer(rows - was.rows_before),
            new=_n(was.rows_new),
            gone=_n(was.rows_gone),
        )


def more_or_fewer(difference: int) -> str:
    if not difference:
        return "as many"
    return f"{_n(abs(difference))} {'more' if difference > 0 else 'fewer'}"


def _flags(report: LoadReport) -> Iterator[str]:
    for told in report.partial:
        yield _say("partial", key=told.key, rows=_n(told.rows), usual=_n(told.usual))
    if report.partial:
        yield _say("rule", share=f"{LEAST_SHARE:.0%}", months=NEIGHBOURS)
    for key in report.no_longer_partial:
        yield _say("whole_again", key=key)
    yield from _summed(report.taken)


def _summed(taken: Sequence[Taken]) -> Iterator[str]:
    """One line for each force and kind of flag; which files they are stands in the JSON."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in taken:
        for flag in flags_of(one):
            found.setdefault((one.tally.key.force, flag["flag"]), []).append(flag)
    for (force, kind), flags in sorted(found.items()):
        names: dict[str, int] = {}
        for flag in flags:
            for name, n in flag.get("names", {}).items():
                names[name] = names.get(name, 0) + n
        listed = ", ".join(f"{name} {_n(n)}" for name, n in sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))
        yield _say(kind, force=force, n=_n(sum(flag.get("n", 0) for flag in flags)), files=_files(len(flags)), names=listed)


def _put_by(report: LoadReport) -> Iterator[str]:
    if unchanged := report.of("unchanged"):
        yield _say("unchanged", files=_files(len(unchanged)))
    for given in report.of("given_twice"):
        yield _say("given_twice", label=given.label, reason=given.reason)
    if aside := report.of("left_aside"):
        names = [given.label for given in aside]
        more = [f"and {_n(len(names) - MOST_NAMES)} more"] if len(names) > MOST_NAMES else []
        yield _say("left_aside", files=_files(len(aside)), names="; ".join(names[:MOST_NAMES] + more))


def as_json(report: LoadReport) -> dict[str, Any]:
    """The report as plain values: one object per file given, partial months of the whole store, and the store's totals."""
    months = sorted({file.key.month for file in report.files})
    return {
        "kind": report.kind,
        "dry_run": report.is_dry_run,
        "emptied_synthetic": report.has_emptied_synthetic,
        "files": [*map(_taken, report.taken), *map(_given, report.given)],
        "partial": [_key(told.key) | {"rows": told.rows, "usual": told.usual} for told in report.partial],
        "no_longer_partial": [_key(key) for key in report.no_longer_partial],
        "store": {
            "files": len(report.files),
            "first": str(months[0]) if months else None,
            "last": str(months[-1]) if months else None,
            **totals(report.files),
        },
    }


def _taken(one: Taken) -> dict[str, Any]:
    tally, was = one.tally, one.revision
    told: dict[str, Any] = {"name": one.label, "state": "replaced" if was else "loaded", **_key(tally.key), "rows": tally.rows}
    told |= {"inside": tally.inside, "outside": tally.rows - tally.inside - tally.without_place, "without_place": tally.without_place}
    told |= {"vintage": tally.vintage, "line_ending": one.line_ending, "bom": one.has_bom, "welsh_letters": one.has_welsh_letters}
    told |= {"sha256": one.sha256, "flags": flags_of(one)}
    if was:
        told |= {"rows_before": was.rows_before, "rows_more": tally.rows - was.rows_before}
        told |= {"rows_new": was.rows_new, "rows_gone": was.rows_gone}
    return told


def _given(given: Given) -> dict[str, Any]:
    return {"name": given.label, "state": given.state, **(_key(given.key) if given.key else {}), "reason": given.reason}


def _key(key: FileKey) -> dict[str, str]:
    return {"month": str(key.month), "force": key.force}


def _say(sentence: str, **words: object) -> str:
    return SENTENCES[sentence].format(**words)


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{_n(number)} files"


def _n(number: int) -> str:
    return f"{number:,}"
