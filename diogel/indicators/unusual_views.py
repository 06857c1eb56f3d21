"""Pages of the unusual figures: the desk of a quarter, and one card with its answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from diogel.analysis.multiplicity import by_chance
from diogel.analysis.periods import Quarter
from diogel.audit.models import Entry
from diogel.people.access import May, may
from diogel.people.desk import desk, fetch
from diogel.people.editing import edit_row
from diogel.people.versions import StaleSave, version_of
from diogel.words.quarters import quarter_name

from . import cards, desk_list, looking, power_told, shown_in_list, shown_on_card, silences, silences_shown
from .account import said_of
from .card_map import map_of, with_outlines
from .models import Card, Context, Look
from .unusual_forms import AnswerForm, DeskForm, HandForm, ReopenForm

MOST_BEFORE = 8
"""Earlier cards of a series that its page lists."""
ALPHA = 0.01
"""What the range of a single series leaves outside, as `anomalies.look` draws it."""


@desk()
def unusual(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The unusual figures of a quarter: unexplained first, then those being looked at, then the signed ones."""
    looks = {row.quarter: row for row in Look.objects.visible_to(request.user).filter(partnership=partnership)}
    offered = sorted({*looks, *(str(quarter) for quarter in looking.quarters())}, reverse=True)
    chosen = _chosen(request.GET.get("quarter", ""), offered, looks)
    row = looks.get(chosen)
    held = [each for each in _cards(request, partnership, chosen) if not each.withdrawn_on or _was_answered(each)] if row else []
    standing = [card for card in held if not card.withdrawn_on]
    asked = desk_list.Asked.of(request.GET, held)
    names = _names(partnership) if row else {}
    found = {state: _rows(rows, partnership) for state, rows in desk_list.listed(held, asked).items()}
    offered_all = {"quarter": [(each, quarter_name(each)) for each in offered], **desk_list.choices(held)}
    context = {
        "look": row,
        "quarter": Quarter.parse(chosen) if chosen else None,
        "chooser": DeskForm(initial={"quarter": chosen, **asdict(asked)}, choices=offered_all) if offered else None,
        "cards": standing,
        "unanswered": sum(not card.is_answered for card in standing),
        "expected_false": round(row.by_chance) if row else 0,
        "outside_by_chance": by_chance(looked_at=row.looked_at, alpha=ALPHA) if row else 0,
        "by_years": sum(each["method"] == "same_months" for each in row.series) if row else 0,
        "found": found,
        "silences": silences_shown.lines(
            silences.seen_by(request.user, partnership).filter(ended_on=None).select_related("asked_body"), partnership
        ),
        "may_listen": may(request.user, May.LOOK_FOR_UNUSUAL, partnership),
        "may_explain": may(request.user, May.EXPLAIN_FIGURES, partnership),
        "is_narrowed": not asked.is_all,
        "finds_none": not asked.is_all and not any(found.values()),
        "series": shown_in_list.series_table(row, names) if row else None,
        "power": power_told.in_all(row.series) if row else None,
        "power_table": power_told.by_type(row.series, names) if row else None,
        "may_look": may(request.user, May.LOOK_FOR_UNUSUAL, partnership) and bool(chosen),
    }
    return render(request, "unusual/desk.html", context)


@require_POST
@desk(May.LOOK_FOR_UNUSUAL)
def look_through(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Look through one quarter, and say what that changed."""
    back = reverse("unusual:desk", args=[partnership.slug])
    silences.listen(partnership, by=request.user)
    try:
        quarter = Quarter.parse(request.POST.get("quarter", ""))
        row = looking.look(partnership, quarter, by=request.user)
    except (ValueError, looking.CannotLook) as fault:
        messages.warning(request, str(fault))
        return redirect(back)
    except StaleSave:
        messages.warning(request, _("Someone changed a card meanwhile, so nothing was written. Look through the quarter again."))
        return redirect(back)
    for sentence in _told(row.changes):  # type: ignore[attr-defined]
        messages.success(request, sentence)
    return redirect(f"{back}?quarter={quarter}")


@desk()
def card(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One card: the figure, what makes it up, what else happened, what it is not, and the answer."""
    row = fetch(with_outlines(Card.objects.select_related("area", "look__partnership")), request.user, look__partnership=partnership, pk=pk)
    context = _card_context(request, partnership, row)
    is_closed = row.is_signed or row.withdrawn_on is not None
    if request.method != "POST" and (is_closed or not context["may_explain"]):
        return render(request, "unusual/card.html", context | {"row": row})
    here = reverse("unusual:card", args=[partnership.slug, pk])

    def done(saved: Card) -> str:
        if request.POST.get("then") == "sign":
            _sign(request, saved)
        else:
            messages.success(request, _("Saved."))
        return here

    return edit_row(request, AnswerForm, row, title=context["heading"], back=here, done=done, template="unusual/card.html", extra=context)


@desk(May.EXPLAIN_FIGURES)
def hand(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Say who looks into the figure, and until when."""
    row = fetch(Card.objects.select_related("area", "look__partnership"), request.user, look__partnership=partnership, pk=pk)
    hint = _("A card that names who is looking, and until when, is answered: the paper then says so.")
    had = row.looking_role

    def done(saved: Card) -> str:
        if saved.looking_role:
            messages.success(request, _("Saved."))
        elif had:
            messages.warning(request, _("Nobody is named as looking any more. The card waits for an answer again."))
        return _card_url(saved)

    return edit_row(request, HandForm, row, title=_("Say who is looking into this figure"), back=_card_url(row), done=done, hint=hint)


@desk(May.SIGN_FIGURES)
def reopen(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Open a signed card again, for a reason."""
    row = fetch(Card.objects.select_related("area", "look__partnership"), request.user, look__partnership=partnership, pk=pk)
    form = ReopenForm(request.POST or None, initial={"seen": version_of(row)})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            cards.reopen(row, by=request.user, seen=form.cleaned_data["seen"], reason=form.cleaned_data["reason"])
            return redirect(_card_url(row))
        except StaleSave:
            form.add_error(None, _("Someone changed this card meanwhile. Look at it again before you reopen it."))
            status = 409
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {"form": form, "row": row, "back": _card_url(row)}
    return render(request, "unusual/reopen.html", context, status=422 if form.errors and status == 200 else status)


def _card_context(request: HttpRequest, partnership: Any, row: Card) -> dict[str, Any]:
    """Everything the page says of a card but its form."""
    here = Context.objects.visible_to(request.user).standing().filter(Q(areas=None) | Q(areas=row.area_id), partnership=partnership)
    near = [event for event in here if not event.types or row.crime_type in event.types]
    user: Any = request.user
    sentence, paragraph = said_of(row, shown_in_list.language())
    log = cards.log_of(row)
    return {
        "sentence": sentence,
        "paragraph": paragraph,
        "heading": shown_on_card.heading(row),
        "facts": shown_on_card.facts(row),
        "polarity": shown_on_card.polarity(row),
        "power": power_told.of_series(row.look.series, area=row.area.code, type_=row.crime_type, language=shown_in_list.language()),
        "way": "above" if row.finding["direction"] == "higher" else "below",
        "explanation": row.pair("explanation"),
        "months": shown_on_card.months_figure(row),
        "places": shown_on_card.places_figure(row),
        "happened": shown_on_card.happened(row, near),
        "not_items": shown_on_card.ruled_out(row, near),
        "mark": shown_in_list.own_mark(row),
        "was": shown_on_card.was(row),
        "history": _history(log),
        **_before_signing(user, partnership, row, log),
        "map": map_of(row),
        "streets": shown_on_card.streets_table(row),
        "before": _before(request, row),
        "earlier": shown_on_card.earlier_signatures(row),
        "ruled_out": shown_on_card.causes(row.ruled_out),
        "who": shown_on_card.who_signed(row),
        "may_explain": may(user, May.EXPLAIN_FIGURES, partnership),
        "may_sign": may(user, May.SIGN_FIGURES, partnership),
        "signing_role": shown_in_list.role_name(cards.signing_role(user, partnership)),
    }


def _before_signing(user: Any, partnership: Any, row: Card, log: list[Entry]) -> dict[str, Any]:
    """What keeps the card open, each with the page on which it is done, for those who may; else that a reader of both languages does it."""
    if row.is_signed:
        return {"keeps_open": [], "waits_for_reader": False}
    found = cards.keeps_open(row, by=user if may(user, May.SIGN_FIGURES, partnership) else None, log=log)
    may_check = may(user, May.CHECK_PAIRS, partnership)
    pages = {
        each.unchecked: reverse("words:pair", args=[partnership.slug, "card", row.pk, each.unchecked])
        for each in found
        if each.unchecked and may_check
    }
    return {
        "keeps_open": [(each.said, pages.get(each.unchecked, "")) for each in found],
        "waits_for_reader": not may_check and any(each.unchecked for each in found),
    }


def _sign(request: HttpRequest, saved: Card) -> None:
    """Sign what was just saved; where that is refused the text stands saved, and each reason is told."""
    try:
        cards.sign(saved, by=request.user, seen=saved.version)
        messages.success(request, _("Saved, signed and closed."))
    except ValidationError as error:
        messages.warning(request, " ".join([_("Your text is saved. It cannot be signed yet."), *error.messages]))


def _history(log: list[Entry]) -> list[dict[str, Any]]:
    """When the card was opened again, and why, and when it was withdrawn; who did it stands in the log."""
    told = []
    for entry in reversed(log):
        if entry.deed == "changed":
            continue
        if entry.deed == "withdrawn":
            told.append({"on": entry.at, "deed": _("withdrawn: no longer unusual"), "reason": ""})
        elif "was" in entry.detail:
            told.append({"on": entry.at, "deed": _("reopened: the figure was revised"), "reason": ""})
        else:
            told.append({"on": entry.at, "deed": _("opened again"), "reason": entry.detail.get("reason", "")})
    return told


def _before(request: HttpRequest, row: Card) -> list[dict[str, Any]]:
    """Cards of the same series in other quarters, the latest first, with what became of them."""
    rows = Card.objects.visible_to(request.user).filter(
        look__partnership=row.look.partnership_id, area=row.area_id, crime_type=row.crime_type
    )
    found = rows.exclude(pk=row.pk).select_related("look__partnership", "area").defer("drawings", "account").order_by("-look__quarter")
    return [
        {
            "quarter": quarter_name(each.look.quarter),
            "url": _card_url(each),
            "title": shown_on_card.heading(each),
            "mark": shown_in_list.holder_mark(each),
            "explanation": each.pair("explanation").say(),
        }
        for each in found[:MOST_BEFORE]
    ]


def _cards(request: HttpRequest, partnership: Any, quarter: str) -> Any:
    rows = Card.objects.visible_to(request.user).filter(look__partnership=partnership, look__quarter=quarter)
    return rows.select_related("area").defer("drawings")


def _rows(held: list[Card], partnership: Any) -> list[dict[str, Any]]:
    return [shown_in_list.list_row(each, partnership.slug) for each in held]


def _was_answered(row: Card) -> bool:
    return row.is_answered or bool(row.cause) or not row.pair("explanation").is_empty


def _chosen(asked: str, offered: list[str], looks: dict[str, Look]) -> str:
    """The quarter asked for, else the latest that was looked through, else the latest."""
    return asked if asked in offered else max(looks or offered, default="")


def _names(partnership: Any) -> dict[str, str]:
    return {area.code: area.pair("name").say() for area in partnership.areas.all()}


def _told(changes: looking.Changes) -> list[str]:
    """What a look changed, a sentence each; one sentence where nothing did."""
    told = []
    if n := len(changes.made):
        told.append(ngettext("One new unusual figure was found.", "%(n)s new unusual figures were found.", n) % {"n": n})
    if n := len(changes.renewed):
        told.append(ngettext("One card was renewed; its answer stays.", "%(n)s cards were renewed; their answers stay.", n) % {"n": n})
    if n := len(changes.reopened):
        told.append(
            ngettext(
                "One signed card was reopened, because its figure was revised.",
                "%(n)s signed cards were reopened, because their figures were revised.",
                n,
            )
            % {"n": n}
        )
    if n := len(changes.withdrawn):
        told.append(
            ngettext(
                "One card was withdrawn, because its figure is no longer unusual.",
                "%(n)s cards were withdrawn, because their figures are no longer unusual.",
                n,
            )
            % {"n": n}
        )
    return told or [_("The quarter was looked through. Nothing has changed.")]


def _card_url(row: Card) -> str:
    return reverse("unusual:card", args=[row.partnership.slug, row.pk])
