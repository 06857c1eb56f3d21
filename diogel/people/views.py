"""Pages of the groups of a partnership and what they own, and its own details."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import bodies, forms
from .access import May, may
from .desk import desk, fetch
from .editing import edit_row, withdraw_row
from .models import Group, Owned, Partnership
from .who import groups_of, tree


def here(view: str, partnership: Any, **kwargs: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"people:{view}", kwargs={"slug": partnership.slug, **kwargs})


@desk()
def groups(request: HttpRequest, partnership: Any) -> HttpResponse:
    """The groups as a tree, and again as a table that reads the same."""
    rows = groups_of(partnership, request.user)
    context = {
        "title": _groups_title(rows),
        "tree": tree(rows),
        "groups": rows,
        "may_edit": may(request.user, May.EDIT_PEOPLE, partnership),
    }
    context["may_edit_partnership"] = may(request.user, May.EDIT_PARTNERSHIP, partnership)
    return render(request, "people/groups.html", context)


def _groups_title(rows: list[Group]) -> str:
    without = sum(1 for group in rows if not (group.terms_cy or group.terms_en))
    if not rows:
        return _("No group has been written down yet")
    if without:
        return ngettext("%(n)s group has no terms of reference", "%(n)s groups have no terms of reference", without) % {"n": without}
    return _("Every group has its terms of reference")


@desk()
def group(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One group: what it is for, who chairs it by role, and what it owns. Who sits in it is a page of its own."""
    row = fetch(Group.objects.select_related("parent"), request.user, pk=pk, partnership=partnership)
    context: dict[str, Any] = {"group": row, "owns": row.owns.all(), "may_edit": may(request.user, May.EDIT_PEOPLE, partnership)}
    context["below"] = [each for each in row.children.all() if not each.withdrawn_on]
    context["may_see_people"] = may(request.user, May.SEE_PEOPLE, partnership)
    return render(request, "people/group.html", context)


@desk(May.EDIT_PEOPLE)
def group_add(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = Group(partnership=partnership)
    return edit_row(request, forms.GroupForm, row, title=_("Add a group"), back=here("groups", partnership), done=_page_of(partnership))


@desk(May.EDIT_PEOPLE)
def group_edit(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Group.objects, request.user, pk=pk, partnership=partnership)
    extra = {"withdraw_url": here("group_withdraw", partnership, pk=pk)}
    return edit_row(request, forms.GroupForm, row, title=_("Correct a group"), back=here("group", partnership, pk=pk), extra=extra)


@desk(May.EDIT_PEOPLE)
def group_withdraw(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = fetch(Group.objects, request.user, pk=pk, partnership=partnership)
    title = _("Bring this group back") if row.withdrawn_on else _("Withdraw this group")
    return withdraw_row(request, row, title=title, back=here("group", partnership, pk=pk))


def _page_of(partnership: Any) -> Any:
    return lambda row: here("group", partnership, pk=row.pk)


@desk(May.EDIT_PEOPLE)
def document_add(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = Owned(group=fetch(Group.objects, request.user, pk=pk, partnership=partnership))
    return edit_row(request, forms.OwnedForm, row, title=_("Add a document that the group owns"), back=here("group", partnership, pk=pk))


@desk(May.EDIT_PEOPLE)
def document_edit(request: HttpRequest, partnership: Any, pk: int, document: int) -> HttpResponse:
    row = _document(request, partnership, pk, document)
    extra = {"withdraw_url": here("document_remove", partnership, pk=pk, document=document)}
    return edit_row(
        request, forms.OwnedForm, row, title=_("Correct a document’s title"), back=here("group", partnership, pk=pk), extra=extra
    )


@desk(May.EDIT_PEOPLE)
def document_remove(request: HttpRequest, partnership: Any, pk: int, document: int) -> HttpResponse:
    row, back = _document(request, partnership, pk, document), here("group", partnership, pk=pk)
    if request.method == "POST":
        bodies.disown_document(by=request.user, document=row)
        return redirect(back)
    return render(request, "people/document_remove.html", {"document": row, "back": back})


def _document(request: HttpRequest, partnership: Any, pk: int, document: int) -> Owned:
    return get_object_or_404(Owned, pk=document, group=fetch(Group.objects, request.user, pk=pk, partnership=partnership))


@desk(May.EDIT_PARTNERSHIP)
def partnership_edit(request: HttpRequest, partnership: Any) -> HttpResponse:
    row = fetch(Partnership.objects, request.user, pk=partnership.pk)
    return edit_row(request, forms.PartnershipForm, row, title=_("The partnership’s own details"), back=here("groups", partnership))
