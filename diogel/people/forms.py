"""Forms for the partnership's own details, its groups and what they own, its bodies and their standing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.places.models import Area

from . import bodies
from .choices import OneOf, SomeOf
from .editing import RowForm
from .models import Body, Group, Membership, Owned, Partnership

FROM, TO = gettext_lazy("First day"), gettext_lazy("Last day")
DAYS_HINT = gettext_lazy("Leave the boxes empty where it is not known or not fixed")


class PartnershipForm(RowForm):
    """The partnership's own details."""

    pair_labels = {
        "name": gettext_lazy("Name"),
        "place": gettext_lazy("Place"),
        "about": gettext_lazy("About us"),
        "vision": gettext_lazy("Vision"),
    }
    long_pairs = frozenset({"about", "vision"})
    required_pairs = frozenset({"name", "place"})
    areas = SomeOf(Area.objects.none(), name="name", label=gettext_lazy("Local authorities it covers"))

    class Meta:
        model = Partnership
        fields = ["language", "marking", "signs_by_two", "areas"]
        labels = {
            "language": gettext_lazy("Language it works in first"),
            "marking": gettext_lazy("Marking of its papers"),
            "signs_by_two": gettext_lazy("An unusual figure is signed by somebody else than whoever explained it"),
        }
        widgets = {"language": forms.RadioSelect}

    def offer(self, partnership: Any) -> None:
        self.fields["areas"].queryset = Area.objects.filter(kind=Area.Kind.AUTHORITY)


class GroupForm(RowForm):
    """A board or group: where it stands, who chairs it by role, what it is for."""

    pair_labels = {
        "name": gettext_lazy("Name"),
        "chair_role": gettext_lazy("Who chairs it, by role"),
        "purpose": gettext_lazy("What it is for"),
        "terms": gettext_lazy("Terms of reference"),
    }
    pair_hints = {"chair_role": gettext_lazy("A role, never a person’s name: this is read by the public")}
    long_pairs = frozenset({"purpose", "terms"})
    required_pairs = frozenset({"name"})
    parent = OneOf(Group.objects.none(), name="name", required=False, label=gettext_lazy("It answers to"))

    class Meta:
        model = Group
        fields = ["level", "parent", "is_statutory", "order"]
        labels = {
            "level": gettext_lazy("Level"),
            "is_statutory": gettext_lazy("The law requires this group"),
            "order": gettext_lazy("Place in the list"),
        }

    def offer(self, partnership: Any) -> None:
        standing = Group.objects.filter(partnership=partnership).standing()
        below = _below(list(standing), self.instance.pk) if self.instance.pk else set()
        self.fields["parent"].queryset = standing.exclude(pk__in=below)

    def save(self, commit: bool = True) -> Group:
        if not self.instance.pk:
            self.instance.partnership = self.partnership
            name = self.cleaned_data["name_en"] or self.cleaned_data["name_cy"]
            taken = set(Group.objects.filter(partnership=self.partnership).values_list("code", flat=True))
            plain = slugify(name)[:50] or "group"
            self.instance.code = next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, 1000))) if code not in taken)
        return super().save(commit)


def _below(groups: list[Group], top: int) -> set[int]:
    """The group itself and all that answer to it: none of them can be above it."""
    found, waiting = {top}, [top]
    while waiting:
        at = waiting.pop()
        fresh = {group.pk for group in groups if group.parent_id == at} - found
        found |= fresh
        waiting += fresh
    return found


class OwnedForm(RowForm):
    """A document that a group owns."""

    pair_labels = {"title": gettext_lazy("Title")}
    required_pairs = frozenset({"title"})

    class Meta:
        model = Owned
        fields: list[str] = []

    def save(self, commit: bool = True) -> Owned:
        values = self.cleaned_data
        return bodies.correct_document(
            by=self.by,
            document=self.instance,
            title=(values["title_cy"], values["title_en"]),
            is_checked=bool(values.get("both_checked")),
            seen=values.get("seen"),
        )


class BodyForm(RowForm):
    """A body's own names, dates and what followed it: shared by every partnership it stands in."""

    pair_labels = {"name": gettext_lazy("Name"), "short": gettext_lazy("Short name")}
    required_pairs = frozenset({"name"})
    successors = SomeOf(Body.objects.none(), name="name", label=gettext_lazy("What it became"))

    class Meta:
        model = Body
        fields = ["kind", "from_on", "to_on", "successors"]
        labels = {"kind": gettext_lazy("Kind"), "from_on": FROM, "to_on": TO}
        help_texts = {"from_on": DAYS_HINT}

    def offer(self, partnership: Any) -> None:
        self.fields["successors"].queryset = (
            Body.objects.filter(memberships__partnership=partnership).exclude(pk=self.instance.pk).distinct()
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_order(self, values)
        if self.instance.pk and not bodies.may_correct(self.by, self.instance):
            raise ValidationError(_("This body stands in another partnership too. Only someone who may change both can correct it."))
        return values

    def _halves(self) -> dict[str, Any]:
        return {name: (self.cleaned_data[f"{name}_cy"], self.cleaned_data[f"{name}_en"]) for name in self.pair_labels}

    def save(self, commit: bool = True) -> Body:
        values = self.cleaned_data
        columns = {name: values[name] for name in ("kind", "from_on", "to_on")}
        return bodies.correct_body(
            by=self.by,
            body=self.instance,
            partnership=self.partnership,
            is_checked=bool(values.get("both_checked")),
            seen=values.get("seen"),
            successors=values["successors"],
            **self._halves(),
            **columns,
        )


class NewBodyForm(BodyForm):
    """A body that is not known here yet, with its standing."""

    standing = forms.ChoiceField(choices=[("", ""), *Membership.Standing.choices], label=gettext_lazy("Standing in the partnership"))

    def save(self, commit: bool = True) -> Body:
        values = self.cleaned_data
        body = bodies.add_body(
            by=self.by,
            partnership=self.partnership,
            kind=values["kind"],
            from_on=values["from_on"],
            to_on=values["to_on"],
            standing=values["standing"],
            is_member=values["standing"] != Membership.Standing.NONE,
            is_checked=bool(values.get("both_checked")),
            **self._halves(),
        )
        bodies.succeed(by=self.by, partnership=self.partnership, body=body, successors=values["successors"])
        return body


class MembershipForm(RowForm):
    """A body's standing in this partnership, and for how long."""

    class Meta:
        model = Membership
        fields = ["standing", "is_member", "from_on", "to_on"]
        labels = {
            "standing": gettext_lazy("Standing in the partnership"),
            "is_member": gettext_lazy("It is a member"),
            "from_on": FROM,
            "to_on": TO,
        }
        help_texts = {"from_on": DAYS_HINT}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_order(self, values)
        return values


class JoinForm(MembershipForm):
    """A body that stands in another partnership already joins this one."""

    body = OneOf(Body.objects.none(), name="name", label=gettext_lazy("Body"))

    class Meta(MembershipForm.Meta):
        fields = ["body", *MembershipForm.Meta.fields]

    def offer(self, partnership: Any) -> None:
        self.instance.partnership = partnership
        self.fields["body"].queryset = Body.objects.in_force().exclude(memberships__partnership=partnership)


def check_order(form: Any, values: dict[str, Any]) -> None:
    first, last = values.get("from_on"), values.get("to_on")
    if first and last and last < first:
        form.add_error("to_on", _("The last day comes before the first"))
