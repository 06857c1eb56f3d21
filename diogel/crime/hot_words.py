"""The words on hot-spot maps and tables, in the language that is being spoken: whole sentences from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diogel.analysis.hotspots.captions import Method, Origin, caption
from diogel.analysis.hotspots.map import Words
from diogel.analysis.reading.police_uk import CRIME_TYPES
from diogel.places.codes import welsh_of
from diogel.words.quarters import month_said

from .hot_found import HotSpots

KINDS = ("areas", "lasting", "density")
METHODS = {"areas": Method.AREAS, "lasting": Method.LASTING, "density": Method.DENSITY}


def in_language(cy: str, en: str) -> str:
    """The half in the language of the page."""
    return cy if (get_language() or "en").startswith("cy") else en


def captioned(method: Method) -> str:
    """What must stand under a result of open data."""
    return in_language(*caption(method, Origin.SNAPPED))


def group_name(found: HotSpots) -> str:
    return in_language(found.name_cy, found.name_en)


def area_name(english: str) -> str:
    """A small area, kept under its English name, in the language of the page."""
    return in_language(welsh_of(english), english)


def type_name(name: str) -> str:
    """A police.uk type in the language of the page; a type nobody translated keeps its own name."""
    return in_language(*CRIME_TYPES.get(name, (name, name)))


def months_said(months: Sequence[str]) -> str:
    """How many months, from which to which; they need not follow one another."""
    told = {"n": len(months), "first": month_said(months[0]), "last": month_said(months[-1])}
    return ngettext("%(n)s known month, %(first)s", "%(n)s known months, %(first)s – %(last)s", len(months)) % told


def finding(found: HotSpots, where: str) -> str:
    """The title of the page: one sentence without its full stop."""
    hot = len(found.called("hot"))
    told = {"n": hot, "all": found.looked_at, "what": group_name(found), "place": where}
    if not found.looked_at:
        return _("%(what)s, %(place)s: areas cannot be compared with those around them") % told
    if not hot:
        return _("%(what)s, %(place)s: of %(all)s areas none stands out high together with those around it") % told
    return ngettext(
        "%(what)s, %(place)s: of %(all)s areas %(n)s stands out high together with those around it",
        "%(what)s, %(place)s: of %(all)s areas %(n)s stand out high together with those around them",
        hot,
    ) % told  # fmt: skip


def chance_said(found: HotSpots) -> str:
    """How many were looked at, how many chance alone would give, and how many of those called it may account for."""
    called = len(found.called("hot")) + len(found.called("cold"))
    told = {"all": found.looked_at, "alone": f"{found.by_chance_alone:.0f}", "n": called, "chance": f"{found.called_by_chance:.1f}"}
    looked = ngettext("%(all)s area was looked at.", "%(all)s areas were looked at.", found.looked_at) % told
    alone = _("Were each judged by itself, chance alone would make about %(alone)s of them stand out; so they are judged together.") % told
    if not called:
        none = _("None is said to stand out.")
        return f"{looked} {alone} {none}"
    said = ngettext(
        "%(n)s is said to stand out, high or low, and at most %(chance)s of it is expected to be chance.",
        "%(n)s are said to stand out, high or low, and at most %(chance)s of these are expected to be chance.",
        called,
    )
    return f"{looked} {alone} {said % told}"


def words_of(kind: str, found: HotSpots, where: str) -> Words:
    """What stands in and around a map of one kind."""
    what, when = group_name(found), months_said(found.months)
    told = {"what": what, "place": where, "months": when}
    titles = {
        "areas": _("Map: %(what)s, %(place)s, rows in each area in %(months)s") % told,
        "lasting": _("Map: %(what)s, %(place)s, how often each area was among the highest") % told,
        "density": _("Map: %(what)s, %(place)s, how thick the points lie in %(months)s") % told,
    }
    units = {
        "areas": _("Rows in %(months)s") % told,
        "lasting": _("Months among the highest twentieth, in per cent of the known months since %(first)s")
        % {"first": month_said(found.lasting_first)},
        "density": _("Rows per square kilometre in %(months)s") % told,
    }
    return Words(
        title=titles[kind],
        description=_("The table on this page gives the same figures, area by area."),
        unit=units[kind],
        missing=_("no data"),
        caption="",  # it stands below the drawing as text, where it can be read aloud and stays beside the map that moves
    )


def caption_said(kind: str, *, is_rough: bool) -> str:
    """What must stand under a map: where its points come from and, where no outlines were loaded, what was drawn instead."""
    under = captioned(METHODS[kind])
    rough = _("Outlines are not loaded: each area is drawn as the ground nearest to the middle of its points.")
    if is_rough:
        return f"{under} {rough}"
    licence = _(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right"
    )
    return f"{under} {licence}."


def marked_label(kind: str) -> str:
    return _("stands out high, with those around it") if kind == "areas" else _("persistent")


def calls() -> dict[str, str]:
    """What each call is called in a table; nothing where an area does not stand out."""
    return {"hot": _("stands out high"), "cold": _("stands out low"), "plain": "", "unknown": _("not compared")}


def lasting_words() -> dict[str, str]:
    return {
        "persistent": _("persistent"),
        "new": _("new"),
        "fading": _("fading"),
        "sporadic": _("sporadic"),
        "never": _("in no month"),
        "too short": _("too little history"),
    }


def kind_names() -> dict[str, str]:
    return {"areas": _("Areas that stand out"), "lasting": _("How lasting"), "density": _("Density of points")}


def synthetic_said() -> str:
    return _("Synthetic figures, made up by a program: they tell of no real month or place")


def source_said(about: object) -> str:
    """Whose rows, when loaded, under which licence; of invented rows only that they are invented. `about` is an `About`."""
    told = {"n": about.files, "day": date_format(about.loaded_on_day, "j F Y")}  # type: ignore[attr-defined]
    if about.is_synthetic:  # type: ignore[attr-defined]
        return _("Synthetic rows in the layout of police.uk, made up by a program; monthly files: %(n)s; loaded on %(day)s") % told
    return (
        _(
            "Recorded by North Wales Police, published on data.police.uk (Open Government Licence v3.0); monthly files: %(n)s; loaded on %(day)s"
        )
        % told
    )
