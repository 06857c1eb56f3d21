"""Compares the measures that a file lists under its priorities, and the direction that it states, with the plan as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from diogel.analysis.reading.plan_found import Row
from diogel.analysis.reading.plan_measures import accountability_in, directions_in, unit_in
from diogel.analysis.reading.plan_values import plain
from diogel.indicators.models import Accountability, Direction, Measure
from diogel.plan.models import Report
from diogel.words.refusals import said

from .comparing_rest import priority_in, stated_direction
from .known import Known, both_languages, called
from .steps import ALL, NEW, Ask, Change, Noted, Step, both_halves, same_words

Labels = tuple[tuple[str, str], ...]
CHOICES: dict[str, Any] = {"direction": Direction, "accountability": Accountability, "unit": Measure.Unit}


def labels(name: str) -> Labels:
    """The choices of a column, by what is sent for each, in the language of the page."""
    return tuple((str(value), str(label)) for value, label in CHOICES[name].choices)


def measure_steps(rows: list[Row], known: Known, language: str, choices: Mapping[str, str]) -> list[Step]:
    """Measures are known again by their title, first among those that the plan reports and then among all that are on file. Where a title
    is not known, and its priority has measures that the file does not name, a person says whether it is one of those."""
    read = [_Line(row, known, language) for row in rows]
    told: set[tuple[str, ...]] = set()
    for line in read:
        line.is_again = line.key in told
        told.add(line.key)
        line.find()
    named = {line.report.pk for line in read if line.report and not line.is_again}
    chosen = [choices.get(f"{line.row.key} which", "") for line in read]
    for line, answer in zip(read, chosen, strict=True):
        line.is_one_of = answer if answer == NEW or chosen.count(answer) == 1 else ""
        taken = {each for each in chosen if chosen.count(each) == 1} - {answer}
        line.free = [each for each in line.under() if each.pk not in named and str(each.pk) not in taken]
    return [line.step(choices) for line in read]


def absent_measures(known: Known, steps: list[Step]) -> list[Report]:
    """Measures that the plan reports and a file which lists measures does not name; those that a row may still be are not told yet."""
    rows = [step for step in steps if step.kind == "measures"]
    told = {step.put["report"].pk for step in rows if step.put.get("report")}
    asked = {sent for step in rows for ask in step.asks if ask.name == "which" and not ask.is_said for sent, _label in ask.choices}
    return [row for row in known.reports if row.pk not in told and str(row.pk) not in asked] if rows else []


class _Line:
    """One measure of a file, and what it may be on file."""

    def __init__(self, row: Row, known: Known, language: str) -> None:
        self.row, self.known, self.language = row, known, language
        self.halves = both_halves(row, language)
        self.titles = {half: words["measure"] for half, words in self.halves.items() if words.get("measure")}
        self.key = tuple(sorted(map(plain, self.titles.values())))
        self.number, self.headings = self._priority()
        self.priority = next((each for each in known.priorities if each.number == self.number), None) if self.number else None
        self.report: Report | None = None
        self.indicator: Any = None
        self.measure: Any = None
        self.free: list[Report] = []
        self.is_again = False
        self.is_one_of = ""

    def _priority(self) -> tuple[int, dict[str, str]]:
        """The number of the priority that a measure stands under, 0 for none, and what the file calls it."""
        said = {half: words["heading"] for half, words in self.halves.items() if words.get("heading")}
        read = {half: priority_in(words) for half, words in said.items()}
        number = next((number for number, _title in read.values() if number), 0)
        if not number:
            words = set(map(plain, said.values()))
            number = next((each.number for each in self.known.priorities if {plain(each.title_cy), plain(each.title_en)} & words), 0)
        return number, {half: title or said[half] for half, (_number, title) in read.items()}

    def under(self) -> list[Report]:
        """What the plan reports under this priority, for a row whose own title is not known."""
        return [each for each in self.known.reports if self.priority and each.priority_id == self.priority.pk] if self._is_unknown() else []

    def _is_unknown(self) -> bool:
        return not (self.report or self.indicator or self.measure or self.is_again)

    def find(self) -> None:
        """What bears this title: what the plan reports, what another plan does, or a measure that none does."""
        self.report = self._titled(self.known.reports, lambda row: row.indicator)
        self.indicator = self.report.indicator if self.report else self._titled(self.known.indicators, lambda row: row)
        self.measure = self.indicator.measure if self.indicator else self._titled(self.known.measures, lambda row: row)

    def _titled(self, rows: Iterable[Any], bearer: Callable[[Any], Any]) -> Any:
        words = {half: plain(title) for half, title in self.titles.items()}
        return next(
            (row for row in rows if any(plain(getattr(bearer(row), f"title_{half}")) == each for half, each in words.items())), None
        )

    def step(self, choices: Mapping[str, str]) -> Step:
        noted = Noted(tuple(said(note) for note in self.row.doubts))
        asks = self._which()
        stated = self._stated(noted)
        self._part(stated)
        held = {"direction": self.indicator, "accountability": self.indicator, "unit": self.measure}
        for name, row in held.items():
            if not stated[name] and not row:
                own, of_all = (choices.get(f"{place} {name}", "") for place in (self.row.key, ALL))
                stated[name] = next((each for each in (own, of_all) if each in dict(labels(name))), "")
                asks.append(Ask(name, labels(name), own, bool(stated[name])))
        self._words(noted)
        for name, row in held.items():
            now = getattr(row, name) if row else ""
            if stated[name] and stated[name] != now and (name != "unit" or row is None):
                shown = dict(labels(name))
                noted.change(name, shown.get(now, ""), shown[stated[name]], **{name: stated[name]})
        noted.put |= {"report": self.report, "indicator": self.indicator, "of": self.measure}
        noted.put |= {"priority": self.priority, "number": self.number, "title": self._called()}
        title = next(iter(self.titles.values()))
        asked = tuple(asks)
        return noted.step(
            key=self.row.key, kind="measures", mark=self.indicator.code if self.indicator else "", title=title[:120],
            state=self._state(noted, asked), asks=asked if not self.is_again and self.number else (),
        )  # fmt: skip

    def _which(self) -> list[Ask]:
        """Whether a title that is not known is a new measure, or one of this priority that the file does not name."""
        if not self.free:
            return []
        answer = self.is_one_of
        offered = (*((str(each.pk), called(each.indicator, "title")) for each in self.free), (NEW, _("A new measure")))
        self.report = next((each for each in self.free if str(each.pk) == answer), None)
        if self.report:
            self.indicator, self.measure = self.report.indicator, self.report.indicator.measure
        answer = answer if answer in dict(offered) else ""
        return [Ask("which", offered, answer, bool(answer))]

    def _stated(self, noted: Noted) -> dict[str, str]:
        """What the file says itself: in a column, in the words of the measure or, of those that say nothing, in the sentence above."""
        values, texts, intro = self.row.values, list(self.titles.values()), self.row.values.get("intro", "")
        stated = {name: _chosen_in(noted, name, values.get(name, "")) for name in CHOICES}
        beginning = stated_direction(noted, texts)
        above = directions_in(intro) if not any(map(directions_in, texts)) else ()
        stated["direction"] = stated["direction"] or beginning or (above[0] if len(above) == 1 else "")
        stated["accountability"] = stated["accountability"] or next(filter(None, map(accountability_in, (*texts, intro))), "")
        stated["unit"] = stated["unit"] or next(filter(None, map(unit_in, texts)), "")
        return stated

    def _part(self, stated: dict[str, str]) -> None:
        """What another plan reports stays as that plan has it: where this one wants another thing of it, it is reported anew."""
        if self.report or not self.indicator:
            return
        if any(stated[name] and stated[name] != getattr(self.indicator, name) for name in ("direction", "accountability")):
            self.indicator = None

    def _words(self, noted: Noted) -> None:
        for half, title in self.titles.items():
            now = getattr(self.indicator, f"title_{half}") if self.indicator else ""
            if plain(now) != plain(title):
                noted.word("measure", half, now, title, is_other=half != self.language)
        before = self.report.priority if self.report else None
        if self.number and (before is None or before.number != self.number):
            titles = self._called()
            half = self.language if self.language in titles else next(iter(titles))
            noted.changes.append(Change("heading", getattr(before, f"title_{half}") if before else "", titles[half], half))
        if self.priority:
            for half, title in self.headings.items():
                now = getattr(self.priority, f"title_{half}")
                if now and not same_words(now, title):
                    noted.doubts.append(_("The plan words this priority in another way, and keeps its own words."))

    def _called(self) -> dict[str, str]:
        """What the priority is called, by language: as the plan has it or, of one that is still to be made, as the file has it."""
        held = {half: getattr(self.priority, f"title_{half}") for half in ("cy", "en")} if self.priority else self.headings
        return {half: words for half, words in held.items() if words} or {self.language: str(self.number)}

    def _state(self, noted: Noted, asks: tuple[Ask, ...]) -> str:
        if self.is_again or not self.number:
            why = _("The file has this measure twice, and a plan reports it once.")
            if not self.is_again:
                why = _("It stands under no priority of this plan. Put one above it in the file, or name it in a column.")
            noted.leave("measure", next(iter(self.titles.values())), why)
            return "placeless"
        state = "asked" if any(not ask.is_said for ask in asks) else "same" if self.report else "new"
        if not self.known.may_define and (state != "same" or noted.changes):
            noted.doubts.append(_("Only who may define measures takes this over."))
            return "placeless"
        if self.measure and not self.report:
            noted.doubts.append(
                _("The measure “%(code)s” on file has this title. The plan will report that one.") % {"code": self.measure.code}
            )
        unsaid = [str(ask.label) for ask in asks if not ask.is_said and ask.name != "which"]
        if unsaid:
            noted.doubts.append(_("The file does not say: %(what)s.") % {"what": "; ".join(unsaid)})
        if any(not ask.is_said and ask.name == "which" for ask in asks):
            noted.doubts.append(
                _("The plan has measures under this priority that the file does not name. Say whether this is one of them.")
            )
        return state


def _chosen_in(noted: Noted, name: str, text: str) -> str:
    """A choice by its label in either language, as a column has it; what is none of them is told and left."""
    if not text:
        return ""
    found = both_languages(CHOICES[name].choices).get(plain(text), "")
    if not found and name == "direction":
        directions = directions_in(text)
        found = directions[0] if len(directions) == 1 else ""
    if not found and name == "accountability":
        found = accountability_in(text)
    if not found:
        noted.leave(name, text, _("“%(said)s” is none of the choices known here and is left out.") % {"said": text})
    return found
