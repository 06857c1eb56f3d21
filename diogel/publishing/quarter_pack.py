"""Makes a quarter's pack: refused while it is not over or anything is unanswered, scanned before it is written, certified when it is clean."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from diogel.analysis.periods import Quarter
from diogel.audit import log
from diogel.home import moment, today
from diogel.indicators import looking
from diogel.indicators.models import Look, Observation
from diogel.people.access import Installation
from diogel.people.models import Partnership
from diogel.published.blocks import Pair

from . import scan
from .certificate import Certificate, Held, certify
from .documents import take_away_twins, write
from .packing import Pack, build, files, papers, snapshot
from .quarterly import kicker
from .quarterly_facts import Facts, Measured, gather
from .quarterly_measured import measures
from .quarterly_measures import before_column, now_column
from .quarterly_readiness import Hindrance, hindrances, misnamed
from .quarterly_source import source
from .snapshot_fields import NotAllowed
from .snapshot_releases import kept_releases
from .snapshot_scan import HELP_LINES, SMALL, alone, people_on_file
from .snapshots import newest_of
from .tellings import tell_the_board

KIND = "quarter"


@dataclass(frozen=True)
class Made:
    """What came of it: the files that were written, or why none was; leaks where the scan found some."""

    folder: Path
    written: tuple[Path, ...]
    hindrances: tuple[Hindrance, ...]
    leaks: tuple[scan.Leak, ...]

    @property
    def refused(self) -> bool:
        return not self.written


def make(
    partnership: Partnership,
    quarter: Quarter,
    *,
    out: Path,
    is_draft: bool = False,
    releases: Iterable[scan.Release] = (),
    progress: Callable[[str], None] | None = None,
    by: str = Installation.reference,
) -> Made:
    """Gather, refuse or build, scan the public files, write. What was written before stays where this one is refused."""
    say = progress or (lambda _sentence: None)
    say("Looking through the quarter’s recorded figures…")
    looked_through(partnership, quarter, by=Installation())
    facts = gather(partnership, quarter, day=today())
    stopped = waits_for(facts)
    if stopped and not is_draft:
        refused(facts, by=by, why=[each.subject for each in stopped])
        return Made(out, (), stopped, ())
    say("Drawing and writing the papers…")
    version = version_of(facts, is_draft=is_draft)
    try:
        pack = build(facts, is_draft=is_draft, version=version)
    except NotAllowed as wrong:  # only a draft gets here: a final one waits for it above
        return Made(out, (), (misnamed(wrong),), ())
    made = files(pack)
    say("Reading the finished public files for names, contacts and small numbers…")
    certificate = certify_files(facts, pack, public_files(made), [*kept_releases(partnership.slug), *releases])
    if not certificate.is_clean:
        refused(facts, by=by, why=[f"{leak.kind} in {leak.file}" for leak in certificate.found])
        return Made(out, (), (), certificate.found)
    sealed = {f"public/{name}": content for name, content in certificate.written().items()}
    written = write(made | sealed, out)
    take_away_twins(made, out)
    detail = {"draft": is_draft, "files": len(written)}
    with transaction.atomic():
        if not is_draft:  # a draft tells nobody anything
            tell_the_board(partnership, facts, pack.internal, version=version)
        log.record(by=by, deed="packed", subject=f"quarter:{quarter}", partnership=partnership.slug, detail=detail)
    return Made(out, tuple(written), (), ())


def waits_for(facts: Facts) -> tuple[Hindrance, ...]:
    """What keeps the quarter's papers from being final; none where they can be made."""
    if found := hindrances(facts, source(facts, keeps_back=False)):
        return tuple(found)
    try:
        snapshot(facts, audience="internal", is_draft=False)
    except NotAllowed as wrong:
        return (misnamed(wrong),)
    return ()


def looked_through(partnership: Partnership, quarter: Quarter, *, by: Any) -> None:
    """Make sure that the quarter's look tells of the rows as they now are; answers that were given stay."""
    held = Look.objects.filter(partnership=partnership, quarter=str(quarter)).first()
    if held is None or held.store != looking.fingerprint(quarter):
        with contextlib.suppress(looking.CannotLook):  # no rows, or none of this quarter: the paper says so
            looking.look(partnership, quarter, by=by)


def version_of(facts: Facts, *, is_draft: bool = False) -> str:
    """The number under which this would be published: that of the version that stands, where nothing has changed since, else the next."""
    newest = newest_of(facts.partnership.slug, KIND, str(facts.quarter))
    if newest is None:
        return "1"
    if newest.withdrawn_at is None and not is_draft:
        same = papers(facts, is_draft=False, version=str(newest.version), audiences=("public",))
        if newest.content["paper"] == {language: paper.to_json() for language, paper in same.told.items()}:
            return str(newest.version)
    return str(newest.version + 1)


def public_files(made: dict[str, bytes]) -> dict[str, bytes]:
    """What everyone may read, by its name without the folder."""
    return {name.removeprefix("public/"): content for name, content in made.items() if name.startswith("public/")}


def certify_files(facts: Facts, pack: Pack, public: dict[str, bytes], releases: Iterable[scan.Release]) -> Certificate:
    """Scan what the public will get: the files themselves, whatever they were built from."""
    told = next(iter(pack.told.values()))
    length, head = log.head()
    count = pack.public["withheld"]
    return certify(
        public,
        known(facts),
        releases,
        title=Pair(*_both(lambda: kicker(facts.quarter, is_draft=told.is_draft))),
        partnership=told.partnership,
        place=told.place,
        version=told.version,
        one_language=alone(facts.rule),
        withheld=[Held(SMALL, count)] if count else [],
        chain_head=head,
        chain_length=length,
        made_at=timezone.localtime(moment()),
    )


def known(facts: Facts) -> scan.Known:
    """What the scan is told: everyone on file, the subjects in which small numbers are withheld, the help lines of all."""
    subjects = facts.partnership.measures.standing().filter(is_sensitive=True)
    sensitive = tuple((measure.title_cy, measure.title_en) for measure in subjects)
    return scan.Known(
        people=people_on_file(), public_contacts=HELP_LINES, sensitive=sensitive, withheld=tuple(withheld_of(facts)), only=facts.only
    )


def withheld_of(facts: Facts) -> Iterator[scan.Withheld]:
    """Each number that must not show: small sensitive ones read from the rows themselves, and those kept back with them."""
    kept = {(row["code"], name) for row in measures(facts, keeps_back=True) for name in ("now", "before") if _is_kept(row[name])}
    columns = {"now": _both(lambda: now_column().title), "before": _both(lambda: before_column().title)}
    for each in facts.measured:
        for name, observation in (("now", each.now), ("before", each.before)):
            if observation is None or not ((each.code, name) in kept or _is_small(observation, each)):
                continue
            for number in {observation.value, observation.numerator} - {None}:
                if number == int(number):  # type: ignore[arg-type]
                    for row in _named(each):
                        yield scan.Withheld(row=row, column=columns[name], value=int(number))  # type: ignore[arg-type]


def _is_kept(figure: Any) -> bool:
    return bool(figure and figure.get("is_withheld"))


def _is_small(observation: Observation, each: Measured) -> bool:
    """The rule said once more, apart from the code that applies it."""
    numbers = (observation.value, observation.numerator)
    return each.measure.is_sensitive and any(number is not None and 0 < number < 5 for number in numbers)


def _named(each: Measured) -> tuple[tuple[str, str], ...]:
    """How the measure is called in the first cell of its row, and in a sentence."""
    title = each.measure.title_cy, each.measure.title_en
    return (f"{each.code}: {title[0]}", f"{each.code}: {title[1]}"), title


def _both(words: Callable[[], str]) -> tuple[str, str]:
    said = []
    for language in ("cy", "en"):
        with translation.override(language):
            said.append(str(words()))
    return said[0], said[1]


def refused(facts: Facts, *, by: str, why: list[str]) -> None:
    log.record(by=by, deed="refused", subject=f"quarter:{facts.quarter}", partnership=facts.partnership.slug, detail={"why": why})
