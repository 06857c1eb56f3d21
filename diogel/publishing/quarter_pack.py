"""Makes a quarter's pack: refused while anything is unanswered, scanned before it is written, certified when it is clean."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from diogel.analysis.periods import Quarter
from diogel.audit import log
from diogel.home import today
from diogel.indicators import looking
from diogel.indicators.models import Look
from diogel.people.access import Installation
from diogel.people.models import Partnership, Person
from diogel.published.blocks import Pair

from . import scan
from .certificate import Certificate, Held, certify
from .observations import is_withheld
from .packing import Hindrance, Pack, build, files, hindrances, write
from .quarterly_facts import Facts, gather

HELP_LINES = ("999", "101", "0800 555 111", "0808 80 10 800")
REASON_SMALL = Pair(
    "cyfrifon o 1 i 4 mewn pynciau sensitif, a’r hyn a fyddai’n eu datgelu",
    "counts of 1 to 4 in sensitive subjects, and whatever would reveal them",
)


@dataclass(frozen=True)
class Made:
    """What came of it: the files that were written, or why none was; leaks where the scan found some."""

    folder: Path
    written: tuple[Path, ...]
    hindrances: tuple[Hindrance, ...]
    leaks: tuple[Any, ...]

    @property
    def refused(self) -> bool:
        return not self.written

    def tell(self, *, as_json: bool) -> None:
        """Say it at the terminal, or as JSON on stdout."""
        if as_json:
            told = {
                "folder": str(self.folder),
                "files": [str(path.relative_to(self.folder)) for path in self.written],
                "refused": [{"subject": each.subject, "cy": each.sentence_cy, "en": each.sentence_en} for each in self.hindrances],
                "leaks": [{"file": leak.file, "where": leak.where, "kind": leak.kind, "key": leak.key} for leak in self.leaks],
            }
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for each in self.hindrances:
            print(each.sentence_en, file=sys.stderr)
        for leak in self.leaks:
            print(f"{leak.file}, {leak.where}: {leak.kind}: {leak.excerpt} [{leak.key}]", file=sys.stderr)
        if self.written:
            print(f"{len(self.written)} files written to {self.folder}")
        else:
            print("Nothing was written. Mend what stands above, or build a draft with --draft.", file=sys.stderr)


def make(
    partnership: Partnership,
    quarter: Quarter,
    *,
    out: Path,
    is_draft: bool = False,
    releases: Iterable[scan.Release] = (),
    progress: Callable[[str], None] | None = None,
    by: str = "installation",
) -> Made:
    """Gather, refuse or build, scan the public files, write. What was written before stays where this one is refused."""
    say = progress or (lambda _sentence: None)
    say("Looking through the quarter’s recorded figures…")
    looked_through(partnership, quarter, by=Installation())
    facts = gather(partnership, quarter, day=today())
    stopped = tuple(hindrances(facts))
    if stopped and not is_draft:
        _refused(partnership, quarter, by=by, why=[each.subject for each in stopped])
        return Made(out, (), stopped, ())
    say("Drawing and writing the papers…")
    pack = build(facts, is_draft=is_draft, version="1")
    made = files(pack)
    say("Reading the finished public files for names, contacts and small numbers…")
    certificate = certify_pack(facts, pack, made, releases)
    if not certificate.is_clean:
        _refused(partnership, quarter, by=by, why=[f"{leak.kind} in {leak.file}" for leak in certificate.found])
        return Made(out, (), (), certificate.found)
    sealed = {f"public/{name}": content for name, content in certificate.written().items()}
    written = write(made | sealed, out)
    log.record(
        by=by,
        deed="packed",
        subject=f"quarter:{quarter}",
        partnership=partnership.slug,
        detail={"draft": is_draft, "files": len(written)},
    )
    return Made(out, tuple(written), (), ())


def looked_through(partnership: Partnership, quarter: Quarter, *, by: Any) -> None:
    """Make sure that the quarter's look tells of the rows as they now are; answers that were given stay."""
    held = Look.objects.filter(partnership=partnership, quarter=str(quarter)).first()
    if held is None or held.store != looking.fingerprint(quarter):
        with contextlib.suppress(looking.CannotLook):  # no rows, or none of this quarter: the paper says so
            looking.look(partnership, quarter, by=by)


def certify_pack(facts: Facts, pack: Pack, made: dict[str, bytes], releases: Iterable[scan.Release]) -> Certificate:
    """Scan what the public will get: the files themselves, whatever they were built from."""
    public = {name.removeprefix("public/"): content for name, content in made.items() if name.startswith("public/")}
    told = pack.papers["public", "cy"], pack.papers["public", "en"]
    length, head = log.head()
    withheld = withheld_of(facts)
    return certify(
        public,
        known(facts, withheld),
        releases,
        title=Pair(told[0].kicker, told[1].kicker),
        partnership=told[0].partnership,
        place=told[0].place,
        version=told[0].version,
        withheld=[Held(REASON_SMALL, len(withheld))] if withheld else [],
        chain_head=head,
        chain_length=length,
        made_at=timezone.now(),
    )


def known(facts: Facts, withheld: list[scan.Withheld]) -> scan.Known:
    """What the scan is told: everyone on file, the subjects in which small numbers are withheld, the help lines of all."""
    people = tuple(
        scan.Person(person.given, person.family, tuple(filter(None, [person.email])), tuple(filter(None, [person.phone])))
        for person in Person.objects.all()
    )
    sensitive = tuple((each.measure.title_cy, each.measure.title_en) for each in facts.measured if each.measure.is_sensitive)
    return scan.Known(people=people, public_contacts=HELP_LINES, sensitive=sensitive, withheld=tuple(withheld))


def withheld_of(facts: Facts) -> list[scan.Withheld]:
    """Each cell that the public table keeps back, as the scan must know it to see whether it shows after all."""
    kept = []
    columns = (("Y chwarter hwn", "This quarter"), ("Flwyddyn ynghynt", "A year before"))
    for each in facts.measured:
        for observation, column in zip((each.now, each.before), columns, strict=True):
            if is_withheld(observation, each.measure):
                value = observation.numerator if observation.numerator is not None else observation.value  # type: ignore[union-attr]
                row = (f"{each.code}: {each.measure.title_cy}", f"{each.code}: {each.measure.title_en}")
                kept.append(scan.Withheld(row=row, column=column, value=int(value or 0)))
    return kept


def _refused(partnership: Partnership, quarter: Quarter, *, by: str, why: list[str]) -> None:
    log.record(by=by, deed="refused", subject=f"quarter:{quarter}", partnership=partnership.slug, detail={"why": why})
