"""Pages of who is who: names and contacts for those who may see them, each look recorded; roles given and ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diogel.home import today

from . import enrolment, forms_people
from .access import May, Role, grantable, is_oneself, may, require, require_grant
from .desk import desk, fetch, looked, unkept
from .editing import edit_row
from .leaving import erase_contacts
from .models import Group, GroupMember, Holding, Person
from .views import here
from .who import has_left, holders_of, holdings_here, persons_here, persons_of_old, posts_of, seated_in


@desk()
def who(request: HttpRequest, partnership: Any) -> HttpResponse:
    """Who holds which role today: with names and contacts for those who may see them, by role and body for the others."""
    context: dict[str, Any] = {"may_edit": may(request.user, May.EDIT_PEOPLE, partnership), "roles": forms_people.role_sentences()}
    if not may(request.user, May.SEE_PEOPLE, partnership):
        posts = posts_of(partnership, on=today())
        return render(request, "people/who.html", context | {"title": _roles_title(len(posts)), "posts": posts})
    holders = holders_of(partnership, request.user, on=today())
    looked(request, f"people.who:{partnership.slug}", people=len(holders))
    return unkept(render(request, "people/who.html", context | {"title": _who_title(len(holders)), "holders": holders}))


def _who_title(n: int) -> str:
    return ngettext("%(n)s person holds a role here today", "%(n)s people hold a role here today", n) % {"n": n}


def _roles_title(n: int) -> str:
    return ngettext("%(n)s role is held here today", "%(n)s roles are held here today", n) % {"n": n}


@desk(May.SEE_PEOPLE)
def person(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """One person: how to reach them, the roles they hold and held here, the groups they sit in. Of who has left, those who may change
    people see the name and the roles."""
    holdings = holdings_here(partnership, request.user, pk)
    if not holdings:
        raise Http404
    looked(request, f"people.person:{pk}")
    row = holdings[0].person
    context = {
        "person": row,
        "holdings": holdings,
        "seats": row.seats.filter(group__partnership=partnership).select_related("group"),
        "has_left": has_left(holdings),
        "account": enrolment.account_of(row),
        "may_edit": may(request.user, May.EDIT_PEOPLE, partnership),
        "may_end": _ending(request.user, partnership, row, holdings),
        "is_oneself": is_oneself(request.user, row),
    }
    return unkept(render(request, "people/person.html", context))


def _ending(user: Any, partnership: Any, person: Person, holdings: list[Holding]) -> set[int]:
    """Keys of the roles held here that `user` may end: not their own, not one that they could not give, not one that has ended."""
    if is_oneself(user, person):
        return set()
    offered = {role.value for role in grantable(user, partnership)}
    return {each.pk for each in holdings if each.role in offered and (each.to_on is None or each.to_on >= today())}


@desk(May.EDIT_PEOPLE)
def person_add(request: HttpRequest, partnership: Any) -> HttpResponse:
    hint = _("Someone who is known here by the same e-mail address already gets the role as well; nothing else about them changes.")
    return edit_row(request, forms_people.NewPersonForm, Person(), title=_("Add a person"), back=here("who", partnership), hint=hint)


@desk(May.EDIT_PEOPLE)
def person_edit(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = get_object_or_404(persons_here(partnership, request.user), pk=pk)
    looked(request, f"people.person:{pk}")
    return edit_row(request, forms_people.PersonForm, row, title=_("Correct a person’s details"), back=here("person", partnership, pk=pk))


@desk(May.EDIT_PEOPLE)
def role_add(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    row = Holding(person=get_object_or_404(persons_of_old(partnership, request.user), pk=pk), partnership=partnership)
    extra = {"roles": forms_people.role_sentences()}
    return edit_row(
        request,
        forms_people.RoleForm,
        row,
        title=_("Give a role"),
        back=here("person", partnership, pk=pk),
        template="people/role_form.html",
        extra=extra,
    )


@desk(May.EDIT_PEOPLE)
def role_end(request: HttpRequest, partnership: Any, pk: int, holding: int) -> HttpResponse:
    row = get_object_or_404(Holding, pk=holding, person=pk, partnership=partnership)
    require_grant(request.user, Role(row.role), partnership)
    return edit_row(request, forms_people.EndRoleForm, row, title=_("End a role"), back=here("person", partnership, pk=pk))


@desk(May.EDIT_PEOPLE)
def account(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """A page that asks once, then opens or closes the account of a person who holds a role here."""
    row = get_object_or_404(persons_here(partnership, request.user), pk=pk)
    is_open, problem, back = enrolment.account_of(row) is not None, "", here("person", partnership, pk=pk)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "close" and is_open:
                enrolment.close_account(by=request.user, person=row, partnership=partnership)
            elif request.POST.get("do") == "open" and not is_open:
                enrolment.open_account(by=request.user, person=row, partnership=partnership)
            return redirect(back)
        except ValidationError as error:
            problem = " ".join(error.messages)
    return render(request, "people/account.html", {"is_open": is_open, "problem": problem, "back": back}, status=422 if problem else 200)


@desk(May.EDIT_PEOPLE)
def contacts(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """A page that asks once, then erases how to reach somebody who has left."""
    row, back = get_object_or_404(persons_of_old(partnership, request.user), pk=pk), here("person", partnership, pk=pk)
    if not has_left(list(row.holdings.all())):
        raise PermissionDenied("a role lasts")
    if request.method == "POST":
        erase_contacts(by=request.user, person=row, partnership=partnership, on=today())
        return redirect(back)
    return render(request, "people/contacts.html", {"back": back})


@desk(May.SEE_PEOPLE)
def seats(request: HttpRequest, partnership: Any, pk: int) -> HttpResponse:
    """Who sits in a group; for those who may change it, one box a person who holds a role here."""
    row = fetch(Group.objects.select_related("partnership"), request.user, pk=pk, partnership=partnership)
    may_edit = may(request.user, May.EDIT_PEOPLE, partnership)
    people = seated_in(row, request.user, on=today(), others_too=may_edit)
    if request.method == "POST":
        require(request.user, May.EDIT_PEOPLE, partnership)
        _seat(request, row, people)
        return redirect(here("group", partnership, pk=pk))
    looked(request, f"people.group:{pk}", people=len(people))
    return unkept(render(request, "people/seats.html", {"group": row, "people": people, "may_edit": may_edit}))


def _seat(request: HttpRequest, group: Group, people: list[Person]) -> None:
    """Give and take the seats that the ticked boxes say."""
    wanted = set(request.POST.getlist("person"))
    held = {member.person_id: member for member in GroupMember.objects.filter(group=group).select_related("group__partnership")}
    for person in people:
        if str(person.pk) in wanted and person.pk not in held:
            enrolment.seat(by=request.user, group=group, person=person)
        elif str(person.pk) not in wanted and person.pk in held:
            enrolment.unseat(by=request.user, member=held[person.pk])
    for gone in held.keys() - {person.pk for person in people}:  # else a seat would come back unseen with the next role
        enrolment.unseat(by=request.user, member=held[gone])
