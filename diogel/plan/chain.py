"""The chain through one row, from evidence to where it was told, in at most three questions: which rows, what they are called, who told of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_letters
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diogel.assessment.models import Evidence, Theme
from diogel.indicators.models import Card, Indicator, Measure, crime_type_name
from diogel.people.access import seen_as
from diogel.published.models import Telling
from diogel.words.asked import asked

from .models import Number, Outcome, Plan, Priority

KINDS = ("evidence", "theme", "priority", "action", "outcome", "measure", "card")
"""The links in their order; what stands before a row is where it came from, what stands after it is where it went."""
PRINTED = ("action", "measure", "card")
_ENDS = ("themes", "priorities", "numbers", "indicators")
_COLUMNS = ("kind_", "pk", "told_as", "code_", "cy", "en", "more", "plan_", "place")


@dataclass(frozen=True)
class Link:
    """One row of the chain. `told_as` is the number by which papers told of it, an action's own where `pk` is its number in a plan.

    `more` is what a page says beside it: a theme's band, an action's status, a card's quarter; of evidence, the theme it stands with.
    """

    kind: str
    pk: int
    told_as: int
    code: str
    cy: str
    en: str
    more: str
    plan: str
    place: int

    @property
    def title(self) -> str:
        """In the language of the page, else in the other."""
        first, second = (self.cy, self.en) if get_language() == "cy" else (self.en, self.cy)
        said = first or second
        return _("%(type)s: %(place)s") % {"type": crime_type_name(self.code), "place": said} if self.kind == "card" else said


@dataclass(frozen=True)
class Told:
    """A paper that told of it, in its newest version; `earlier` versions told of it too. `through` are links that it told of by name."""

    paper: str
    key: str
    version: int
    audience: str
    told_at: datetime
    is_withdrawn: bool
    through: tuple[Link, ...]
    earlier: int


@dataclass(frozen=True)
class Chain:
    """Every link by its kind, the row itself not among them; its papers, newest first."""

    kind: str
    links: dict[str, tuple[Link, ...]]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Ends:
    """What a chain is spun from: questions for the rows of four kinds; the rest follows from them. `crime` asks for cards."""

    themes: QuerySet
    priorities: QuerySet
    numbers: QuerySet
    indicators: QuerySet
    plan: Any
    crime: Q | None = None


@dataclass(frozen=True)
class Start:
    """Where a chain begins: its ends, made `of` keys, codes and days alone, so that two starts that are equal put the same questions.

    Questions nested deep are asked first and by themselves, for SQLite could not read the whole; `is_shallow` says that these are not.
    """

    make: Callable[..., Ends]
    of: tuple[Hashable, ...]
    is_shallow: bool = False

    @property
    def ends(self) -> Ends:
        return self.make(*self.of)


def chain(row: Any, user: Any, day: date) -> Chain:
    """The chain through a theme, a priority, an action's number in a plan, a measure or a card, as `user` may see it."""
    kind = {Theme: "theme", Priority: "priority", Number: "action", Measure: "measure", Card: "card"}[type(row)]
    return spun(_start(row, kind, day), row.partnership, user, own=(kind, row.pk, row.action_id if kind == "action" else row.pk))


def spun(start: Start, partnership: Any, user: Any, *, own: tuple[str, int, int] = ("", 0, 0), is_told: bool = True) -> Chain:
    """All links that hang on the ends, with the papers that told of them unless they are a paper's own. `own` is the row itself:
    its kind, its key and the number by which it is told."""
    kind, pk, told_as = own
    found = sorted((Link(*row) for row in _rows(start, partnership, user)), key=lambda link: (link.place, link.code, link.pk))
    once = {(link.kind, link.pk): link for link in reversed(found)}  # evidence comes once for each of its themes
    links = {name: tuple(link for key, link in once.items() if key[0] == name and key != (kind, pk))[::-1] for name in KINDS}
    return Chain(kind or "paper", links, tuple(_told(partnership, [(kind, told_as)], links)) if is_told else ())


def current_plan(partnership: Any, day: date) -> Subquery:
    """The plan of a partnership or its key in force on `day`, else the latest that stands."""
    is_now = Case(When(from_on__lte=day, to_on__gte=day, status__in=["in_force", "closed"], then=Value(0)), default=Value(1))
    return Subquery(Plan.objects.filter(partnership=partnership, withdrawn_on=None).order_by(is_now, "-from_on").values("pk")[:1])


def _start(row: Any, kind: str, day: date) -> Start:
    here = row.partnership.pk
    if kind == "priority":
        return Start(_of_priority, (row.pk, row.plan_id))
    if kind == "action":
        return Start(_of_action, (row.pk, row.plan_id), is_shallow=True)
    if kind == "theme":
        return Start(_of_theme, (row.pk, here, day))
    if kind == "measure":
        return Start(_of_measure, (row.code, tuple(row.crime_types), row.area_id, here, day))
    return Start(_of_card, (row.pk, row.crime_type, row.area_id, row.area.code, here, day))


def _of_priority(pk: int, plan: int) -> Ends:
    numbers = _keys(Number, priorities=pk)
    reported = Q(numbers__in=numbers) | Q(reports__priority=pk, reports__withdrawn_on=None)
    return Ends(_keys(Theme, priorities=pk), _keys(Priority, pk=pk), numbers, _keys(Indicator, reported), plan)


def _of_action(pk: int, plan: int) -> Ends:
    themes = _keys(Theme, Q(numbers=pk) | Q(priorities__numbers=pk))
    return Ends(themes, _keys(Priority, numbers=pk), _keys(Number, pk=pk), _keys(Indicator, numbers=pk), plan)


def _of_theme(pk: int, partnership: int, day: date) -> Ends:
    plan = current_plan(partnership, day)
    priorities = _keys(Priority, plan=plan, themes=pk)
    numbers = _keys(Number, Q(themes=pk) | Q(priorities__in=priorities), plan=plan)
    shown = Q(numbers__in=numbers) | Q(reports__priority__in=priorities, reports__withdrawn_on=None)
    return Ends(_keys(Theme, pk=pk), priorities, numbers, _keys(Indicator, shown), plan)


def _of_measure(code: str, crime_types: tuple[str, ...], area: int | None, partnership: int, day: date) -> Ends:
    whole = code.rstrip(ascii_letters) or code
    counted = Q(measure__partnership=partnership, measure__code__in=[code, whole])
    crime = Q(crime_type__in=crime_types, **({"area": area} if area else {}))
    return _behind(counted, Q(pk__in=[]), current_plan(partnership, day), crime)


def _of_card(pk: int, crime_type: str, area: int, area_code: str, partnership: int, day: date) -> Ends:
    measures = Measure.objects.filter(partnership=partnership, withdrawn_on=None)
    counted = Q(measure__in=_counting(measures, Value(crime_type), area).order_by().values("pk"))
    argued = Q(evidence__crime_type=crime_type, evidence__withdrawn_on=None, assessment__partnership=partnership)
    where = Q(evidence__area_code="") | Q(evidence__area_code=area_code)
    return _behind(counted, argued & where, current_plan(partnership, day), Q(pk=pk))


def _behind(counted: Q, argued: Q, plan: Any, crime: Q | None = None) -> Ends:
    """What stands behind a figure: the indicators that report it, and the themes that argue with it."""
    indicators, themes = _keys(Indicator, counted), _keys(Theme, argued)
    reported = Q(reports__indicator__in=indicators, reports__withdrawn_on=None)
    numbers = _keys(Number, Q(indicators__in=indicators) | Q(themes__in=themes), plan=plan)
    priorities = _keys(Priority, reported | Q(numbers__in=numbers) | Q(themes__in=themes), plan=plan)
    return Ends(
        _keys(Theme, Q(pk__in=themes) | Q(numbers__in=numbers) | Q(priorities__in=priorities)), priorities, numbers, indicators, plan, crime
    )


def _counting(measures: QuerySet, crime_type: Any, area: Any) -> QuerySet:
    """Those measures that count rows of a type in an area. The types are a list in one column: each stands in it in quotes."""
    quoted = Concat(Value('"'), crime_type, Value('"'), output_field=CharField())
    return measures.annotate(types_text=Cast("crime_types", TextField())).filter(Q(area=None) | Q(area=area), types_text__contains=quoted)


def _keys(model: Any, *where: Q, **which: Any) -> QuerySet:
    return model.objects.standing().filter(*where, **which).order_by().values("pk")


def _rows(start: Start, partnership: Any, user: Any) -> Iterable[tuple[Any, ...]]:
    """The columns of every link. The text of a question is kept: to write it takes ten times as long as to answer it."""
    found = None if start.is_shallow else _found(start)

    def question() -> QuerySet:
        ends = start.ends
        keys = {name: getattr(ends, name) for name in _ENDS} if found is None else found
        first, *others = (rows.order_by().values_list(*_COLUMNS) for rows in _branches(keys, ends, partnership, user))
        return first.union(*others)

    held = tuple(found.values()) if found else ()
    return asked(("chain", start, held, partnership.pk, seen_as(user)), question)


def _found(start: Start) -> dict[str, tuple[int, ...]]:
    """The keys of the themes, priorities, numbers and indicators, asked for at once."""

    def question() -> QuerySet:
        ends = start.ends
        first, *others = (getattr(ends, name).annotate(of=Value(name, CharField())).values_list("of", "pk") for name in _ENDS)
        return first.union(*others)

    rows = sorted(asked(("ends", start), question))
    return {name: tuple(pk for of, pk in rows if of == name) for name in _ENDS}


def _branches(found: Mapping[str, Any], ends: Ends, partnership: Any, user: Any) -> Iterator[QuerySet]:
    """One question a kind, all with the same columns, so that the database answers them as one."""

    def rows(model: Any, *where: Any, **which: Any) -> QuerySet:
        return model.objects.standing().filter(*where, **which).visible_to(user)

    measures = rows(Measure, Q(indicators__in=found["indicators"]), partnership=partnership)
    counts_it = _counting(measures.order_by(), OuterRef("crime_type"), OuterRef("area"))
    yield _as(rows(Evidence, themes__in=found["themes"]), "evidence", "statement", code=F("code"), more=F("themes__code"))
    yield _as(rows(Theme, pk__in=found["themes"]), "theme", "title", code=F("code"), more=F("band"), place=F("order"))
    yield _as(rows(Priority, pk__in=found["priorities"]), "priority", "title", code=F("code"), plan=F("plan__code"), place=F("number"))
    numbers = rows(Number, pk__in=found["numbers"]).filter(action__withdrawn_on=None)
    number = {"code": Cast("number", CharField()), "more": F("action__status"), "plan": F("plan__code"), "place": F("number")}
    yield _as(numbers, "action", "action__title", told_as=F("action_id"), **number)
    cited = Q(theme__in=found["themes"]) | Q(cited__in=Number.objects.filter(pk__in=found["numbers"]).order_by().values("number"))
    outcomes = rows(Outcome, cited, plan=ends.plan)
    row = {"code": Cast("row", CharField()), "plan": F("plan__code"), "place": F("row")}
    yield _as(outcomes, "outcome", "outputs", **row).annotate(cy=_first_words("cy"), en=_first_words("en"))
    yield _as(measures, "measure", "title", code=F("code"), more=F("unit"))
    cards = rows(Card, Exists(counts_it) if ends.crime is None else ends.crime, look__partnership=partnership)
    yield _as(cards, "card", "area__name", code=F("crime_type"), more=F("look__quarter"))


def _first_words(half: str) -> Coalesce:
    """What an outcome row says first: what goes in, else what comes out soonest; nothing where it says nothing."""
    return Coalesce(*(NullIf(f"{name}_{half}", Value("")) for name in Outcome.pairs), Value(""), output_field=TextField())


def _as(
    rows: QuerySet, kind: str, pair: str, *, code: Any, more: Any = "", plan: Any = "", told_as: Any = None, place: Any = 0
) -> QuerySet:
    return rows.annotate(
        kind_=Value(kind, CharField()),
        told_as=told_as or F("pk"),
        code_=code,
        cy=F(f"{pair}_cy"),
        en=F(f"{pair}_en"),
        more=more if more else Value("", CharField()),
        plan_=plan if plan else Value("", CharField()),
        place=Cast(place, IntegerField()) if place else Value(0, IntegerField()),
    )


def _told(partnership: Any, own: Iterable[tuple[str, int]], links: dict[str, tuple[Link, ...]]) -> Iterator[Told]:
    """The papers that told of the row, each in its newest version. A theme or a priority is told by what hangs on it, too; what
    is printed by itself, an action, a figure or a card, is told where it was printed."""
    is_printed = any(kind in PRINTED for kind, _row in own)
    carried = {} if is_printed else {(link.kind, link.told_as): link for name in PRINTED for link in links[name]}
    where = Q(pk__in=[])
    for kind in {kind for kind, _row in [*own, *carried]}:
        where |= Q(kind=kind, row__in=[row for name, row in [*own, *carried] if name == kind])
    rows = Telling.objects.filter(where, partnership=partnership.slug).select_related("publication")
    told: dict[tuple[str, str, str], list[Telling]] = {}
    for row in rows.defer("publication__content", "publication__certificate").order_by("-told_at", "-version", "audience", "pk"):
        told.setdefault((row.paper, row.key, row.audience), []).append(row)
    for (paper, key, audience), found in told.items():
        newest = max(row.version for row in found)
        latest = [row for row in found if row.version == newest]
        yield Told(
            paper=paper,
            key=key,
            version=newest,
            audience=audience,
            told_at=latest[0].told_at,
            is_withdrawn=bool(latest[0].publication and latest[0].publication.withdrawn_at),
            through=tuple(carried[row.kind, row.row] for row in latest if (row.kind, row.row) in carried),
            earlier=len({row.version for row in found}) - 1,
        )


def chain_of_outcomes(plan: Plan, user: Any) -> Chain:
    """The chain through the whole outcome table of a plan."""
    return spun(Start(_of_outcomes, (plan.pk,), is_shallow=True), plan.partnership, user, own=("outcome", 0, 0))


def _of_outcomes(plan: int) -> Ends:
    themes = _keys(Theme, Q(outcomes__plan=plan) | Q(numbers__plan=plan))
    indicators = _keys(Indicator, Q(reports__plan=plan, reports__withdrawn_on=None) | Q(numbers__plan=plan))
    return Ends(themes, _keys(Priority, plan=plan), _keys(Number, plan=plan), indicators, plan)


def what_it_told(partnership: Any, paper: str, key: str, user: Any, day: date) -> Chain:
    """The chain of a paper: the rows of which its newest version told, the public's before the board's, and what hangs on them."""
    return spun(Start(_of_paper, (partnership.slug, paper, key, partnership.pk, day)), partnership, user, is_told=False)


def _of_paper(slug: str, paper: str, key: str, partnership: int, day: date) -> Ends:
    every = Telling.objects.filter(partnership=slug, paper=paper, key=key)
    newest = every.order_by("-audience", "-version")
    last = every.filter(audience=Subquery(newest.values("audience")[:1]), version=Subquery(newest.values("version")[:1])).order_by()
    plan = current_plan(partnership, day)
    told = {kind: last.filter(kind=kind).values("row") for kind in ("theme", "priority", "action", "measure", "card")}
    numbers = _keys(Number, action__in=told["action"], plan=plan)
    return Ends(
        _keys(Theme, Q(pk__in=told["theme"]) | Q(numbers__in=numbers)),
        _keys(Priority, Q(pk__in=told["priority"]) | Q(numbers__in=numbers)),
        numbers,
        _keys(Indicator, measure__in=told["measure"]),
        plan,
        Q(pk__in=told["card"]),
    )
