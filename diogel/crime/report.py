"""What came of a load, as sentences that a person reads, in the language that is spoken, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.periods import Month
from diogel.analysis.reading.police_uk import FileKey
from diogel.analysis.reading.reasons import REASONS

from .outcome import Given, LoadReport, Taken, flags_of
from .partial import LEAST_SHARE, NEIGHBOURS
from .store import totals

MOST_NAMES = 12


def as_text(report: LoadReport) -> str:
    """The report as a person reads it, in the language that is spoken: what was read, what is odd, what was refused, what the
    store holds now."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: LoadReport) -> Iterator[str]:
    if report.is_dry_run:
        yield _("Nothing was written: this was a dry run. What follows is what would happen.")
    if report.has_emptied_synthetic and report.is_dry_run:
        yield _("The store holds invented rows. They would go: real and invented rows are never kept together.")
    elif report.has_emptied_synthetic:
        yield _("The store held invented rows. They are gone: real and invented rows are never kept together.")
    if report.taken:
        files, rows = len(report.taken), sum(taken.tally.rows for taken in report.taken)
        yield ngettext("Read %(files)s file with %(rows)s rows.", "Read %(files)s files with %(rows)s rows.", files) % {
            "files": _n(files),
            "rows": _n(rows),
        }
        yield from _table(report.taken)
        yield from _vintages(report.taken)
    yield from _revised(report)
    yield from _flags(report)
    yield from _put_by(report)
    for given in report.of("refused"):
        yield _("Refused: %(label)s. %(reason)s") % {"label": given.label, "reason": reason_said(given)}
    if not report.taken and not report.of("unchanged"):
        yield _("Nothing was loaded.")
    if report.files:
        yield _store_said(report)


def reason_said(given: Given) -> str:
    """Why a file is refused, in the language that is spoken."""
    return gettext(REASONS[given.code]) % dict(given.values) if given.code else given.reason


def _store_said(report: LoadReport) -> str:
    """What the store holds after the load, or would hold."""
    months = sorted({file.key.month for file in report.files})
    files = len(report.files)
    told = {"files": _n(files), "first": months[0], "last": months[-1], "rows": _n(totals(report.files)["rows"])}
    if report.is_dry_run and report.taken:
        words = {
            "real": ngettext(
                "The store would then hold real rows: %(files)s file, %(first)s to %(last)s, %(rows)s rows.",
                "The store would then hold real rows: %(files)s files, %(first)s to %(last)s, %(rows)s rows.",
                files,
            ),
            "synthetic": ngettext(
                "The store would then hold invented rows: %(files)s file, %(first)s to %(last)s, %(rows)s rows.",
                "The store would then hold invented rows: %(files)s files, %(first)s to %(last)s, %(rows)s rows.",
                files,
            ),
        }
        return words[str(report.kind)] % told
    words = {
        "real": ngettext(
            "The store now holds real rows: %(files)s file, %(first)s to %(last)s, %(rows)s rows.",
            "The store now holds real rows: %(files)s files, %(first)s to %(last)s, %(rows)s rows.",
            files,
        ),
        "synthetic": ngettext(
            "The store now holds invented rows: %(files)s file, %(first)s to %(last)s, %(rows)s rows.",
            "The store now holds invented rows: %(files)s files, %(first)s to %(last)s, %(rows)s rows.",
            files,
        ),
    }
    return words[str(report.kind)] % told


def _table(taken: Sequence[Taken]) -> Iterator[str]:
    head = (_("Force"), _("Files"), _("First"), _("Last"), _("Rows"), _("In the area"), _("Elsewhere"), _("No place"))
    rows: list[tuple[str, ...]] = [head]
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
        if one.tally.vintage != "both":
            found.setdefault(one.tally.vintage, []).append(one.tally.key.month)
    if not found.keys() - {"either"}:
        return
    for vintage, months in sorted(found.items()):
        told = {"vintage": vintage, "n": _n(len(months)), "first": min(months), "last": max(months)}
        if vintage == "either":
            yield _("Files in which no LSOA code known here tells 2011 from 2021: %(n)s, %(first)s to %(last)s.") % told
        else:
            yield _("LSOA codes of %(vintage)s: files %(n)s, %(first)s to %(last)s.") % told
    yield _("LSOA codes of either year are counted on one common ground.")


def _revised(report: LoadReport) -> Iterator[str]:
    for one in report.taken:
        if (was := one.revision) is None:
            continue
        rows = one.tally.rows
        told = {
            "key": one.tally.key, "before": _n(was.rows_before), "rows": _n(rows), "n": _n(abs(rows - was.rows_before)),
            "new": _n(was.rows_new), "gone": _n(was.rows_gone),
        }  # fmt: skip
        if not was.rows_new and not was.rows_gone:
            yield _("%(key)s: replaced by the same %(rows)s rows in another form.") % told
        elif rows == was.rows_before:
            yield _("%(key)s: replaced. %(rows)s rows, as many as before; %(new)s new or changed, %(gone)s gone or changed.") % told
        elif rows > was.rows_before:
            yield (
                _("%(key)s: replaced. %(before)s rows before, %(rows)s now (%(n)s more); %(new)s new or changed, %(gone)s gone or changed.")
                % told
            )
        else:
            yield (
                _(
                    "%(key)s: replaced. %(before)s rows before, %(rows)s now (%(n)s fewer); %(new)s new or changed, %(gone)s gone or changed."
                )
                % told
            )


def _flags(report: LoadReport) -> Iterator[str]:
    for partial in report.partial:
        told = {"key": partial.key, "rows": _n(partial.rows), "usual": _n(partial.usual)}
        yield _("%(key)s is partial: %(rows)s rows, usually about %(usual)s. It counts as not known.") % told
    if report.partial:
        rule = {"share": f"{LEAST_SHARE:.0%}", "months": NEIGHBOURS}
        yield (
            _("A month is partial with less than %(share)s of the median of its force’s other months, the nearest %(months)s at most.")
            % rule
        )
    for key in report.no_longer_partial:
        yield _("%(key)s is no longer taken for partial.") % {"key": key}
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
        told = {"force": force, "n": _n(sum(flag.get("n", 0) for flag in flags)), "files": _n(len(flags)), "names": listed}
        yield _flag_words()[kind] % told


def _flag_words() -> dict[str, str]:
    return {
        "outside": _("%(force)s: rows outside the force’s area, kept apart: %(n)s; files: %(files)s (%(names)s)."),
        "without_place": _("%(force)s: rows without a place, counted in the force’s figure only: %(n)s; files: %(files)s."),
        "without_point": _("%(force)s: rows with an LSOA code and no coordinates: %(n)s; files: %(files)s."),
        "far_away": _("%(force)s: rows with coordinates outside these islands: %(n)s; files: %(files)s."),
        "unknown_types": _(
            "%(force)s: rows with a crime type that is not one of the fourteen, counted under its own name: %(n)s; files: %(files)s (%(names)s)."
        ),
        "with_context": _("%(force)s: rows with something in the column Context, which is always empty: %(n)s; files: %(files)s."),
        "inside": _("%(force)s: rows inside the area of another force, told apart and added only when asked for: %(n)s; files: %(files)s."),
        "other_reporters": _("%(force)s: rows that another force reported: %(n)s; files: %(files)s (%(names)s)."),
        "both": _("%(force)s: LSOA codes of 2011 and of 2021 side by side; files: %(files)s."),
        "mixed": _("%(force)s: lines that end in two ways, LF and CRLF; files: %(files)s."),
    }


def _put_by(report: LoadReport) -> Iterator[str]:
    if report.forces:
        told = {"forces": ", ".join(report.forces), "n": _n(report.passed_over)}
        yield _("Only files of these forces were asked for: %(forces)s. Files of other forces passed over: %(n)s.") % told
    if unchanged := len(report.of("unchanged")):
        words = ngettext(
            "%(n)s file unchanged: the store holds these very bytes already.",
            "%(n)s files unchanged: the store holds these very bytes already.",
            unchanged,
        )
        yield words % {"n": _n(unchanged)}
    for given in report.of("given_twice"):
        told = {"label": given.label, "other": given.reason}
        if given.code == "given_twice_differs":
            yield _("%(label)s: given twice in one call, and the two do not hold the same; %(other)s was taken.") % told
        else:
            yield _("%(label)s: given twice in one call; %(other)s was taken.") % told
    if aside := report.of("left_aside"):
        names = [given.label for given in aside]
        told = {"files": _n(len(names)), "names": "; ".join(names[:MOST_NAMES]), "more": _n(len(names) - MOST_NAMES)}
        if len(names) > MOST_NAMES:
            yield _("Left aside, for they hold no street rows: %(names)s; and %(more)s more.") % told
        else:
            yield _("Left aside, for they hold no street rows: %(names)s.") % told


def as_json(report: LoadReport) -> dict[str, Any]:
    """The report as plain values: one object per file given, partial months of the whole store, and the store's totals."""
    months = sorted({file.key.month for file in report.files})
    return {
        "kind": report.kind,
        "dry_run": report.is_dry_run,
        "forces": list(report.forces),
        "passed_over": report.passed_over,
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
    told = {"name": given.label, "state": given.state, **(_key(given.key) if given.key else {})}
    return told | {"code": given.code or given.state, "reason": given.reason}


def _key(key: FileKey) -> dict[str, str]:
    return {"month": str(key.month), "force": key.force}


def _n(number: int) -> str:
    return f"{number:,}"
