"""Every figure on file beside everything that papers told of figures: what masks are decided from, asked for in two questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diogel.indicators.models import Observation
from diogel.people.models import Partnership
from diogel.published.models import Publication

from .masks import Masks, decided
from .told_before import ToldFigure, papers_of_figures, told_in


@dataclass(frozen=True)
class Ledger:
    """`rows` are all figures of a partnership with their measures, withdrawn ones too; `papers` every version of every paper that told of
    figures, without its content, and `told` what they told, both earliest first."""

    rows: Sequence[Observation]
    papers: Sequence[Publication]
    told: Sequence[ToldFigure]

    def masks(self, to_tell: Iterable[Observation]) -> Masks:
        """What must be withheld of the figures that one paper tells."""
        wanted = {row.pk: row for row in to_tell if row.state != Observation.State.MISSING}
        return decided(list(wanted.values()), [row for row in self.rows if row.wave_id is None], self.told)

    def versions(self, kind: str, key: str) -> list[Publication]:
        """The versions of one paper, the newest first."""
        return sorted((paper for paper in self.papers if (paper.kind, paper.key) == (kind, key)), key=lambda paper: -paper.version)

    @property
    def standing(self) -> list[Observation]:
        """Figures that were not withdrawn, alone or with their round of a survey."""
        return [row for row in self.rows if row.withdrawn_on is None and (row.wave is None or row.wave.withdrawn_on is None)]


def ledger(partnership: Partnership) -> Ledger:
    """Read the ledger of a partnership."""
    rows = Observation.objects.filter(measure__partnership=partnership).select_related("measure", "wave").order_by("pk")
    papers = papers_of_figures(partnership)
    return Ledger(list(rows), papers, told_in(papers))


def masks_for(partnership: Partnership, to_tell: Iterable[Observation]) -> Masks:
    """What must be withheld of the figures that one paper tells; where none is of a sensitive subject, nothing else is asked for."""
    wanted = [row for row in to_tell if row.state != Observation.State.MISSING]
    if not any(row.measure.is_sensitive for row in wanted):
        return decided(wanted, (), ())
    return ledger(partnership).masks(wanted)
