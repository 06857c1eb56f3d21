"""Forms for the partnership's own details, its groups and what they own, its bodies, its people and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.home import today
from diogel.places.models import Area

from . import bodies, enrolment
from .access import ROLE_NAMES, ROLES, Role
from .editing import RowForm
from .models import Body, Group, Holding, Membership, Owned, Partnership, Person
from .who import named

FROM, TO = gettext_lazy("First day"), gettext_lazy("Last day")
DAYS_HINT = gettext_lazy("Leave the boxes empty where it is not known or not fixed")


class NamedChoice(forms.ModelChoiceField):
    """A choice among rows, each by its name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


class NamedChoices(forms.ModelMultipleChoiceField):
    """Any of several rows, each by its name in the language of the page."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


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
    areas = NamedChoices(queryset=Area.objects.none(), required=False, label=gettext_lazy("Local authorities it covers"))

    class Meta:
        model = Partnership
        fields = ["language", "marking", "areas"]
        labels = {"language": gettext_lazy("Language it works in first"), "marking": gettext_lazy("Marking of its papers")}
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
    parent = NamedChoice(queryset=Group.objects.none(), required=False, label=gettext_lazy("It answers to"))

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
    successors = NamedChoices(queryset=Body.objects.none(), required=False, label=gettext_lazy("What it became"))

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
        _check_order(self, values)
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
        _check_order(self, values)
        return values


class JoinForm(MembershipForm):
    """A body that stands in another partnership already joins this one."""

    body = NamedChoice(queryset=Body.objects.none(), label=gettext_lazy("Body"))

    class Meta(MembershipForm.Meta):
        fields = ["body", *MembershipForm.Meta.fields]

    def offer(self, partnership: Any) -> None:
        self.instance.partnership = partnership
        self.fields["body"].queryset = Body.objects.in_force().exclude(memberships__partnership=partnership)


class PersonForm(RowForm):
    """What is known of a person. It is read by those who may see who is who, and by nobody else."""

    body = NamedChoice(queryset=Body.objects.none(), required=False, label=gettext_lazy("Body"))

    class Meta:
        model = Person
        fields = ["given", "family", "email", "phone", "body", "post_cy", "post_en", "language"]
        labels = {
            "given": gettext_lazy("Given name"),
            "family": gettext_lazy("Family name"),
            "email": gettext_lazy("E-mail address"),
            "phone": gettext_lazy("Telephone"),
            "post_cy": gettext_lazy("Post, in Welsh"),
            "post_en": gettext_lazy("Post, in English"),
            "language": gettext_lazy("Language to write to them in"),
        }
        widgets = {"language": forms.RadioSelect, "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}

    def offer(self, partnership: Any) -> None:
        self.fields["body"].queryset = Body.objects.in_force().filter(memberships__partnership=partnership).distinct()

    def _columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in enrolment.PERSON_COLUMNS}

    def save(self, commit: bool = True) -> Person:
        seen = self.cleaned_data.get("seen")
        return enrolment.correct_person(by=self.by, person=self.instance, partnership=self.partnership, seen=seen, **self._columns())


# Nothing is chosen beforehand: the first role of the list opens the most.
ROLE_CHOICES = [("", ""), *[(role.value, ROLE_NAMES[role]) for role in Role]]


class NewPersonForm(PersonForm):
    """Someone new, with the first role they hold here."""

    role = forms.ChoiceField(choices=ROLE_CHOICES, label=gettext_lazy("Role"))
    from_on = forms.DateField(required=False, label=FROM, help_text=DAYS_HINT)
    to_on = forms.DateField(required=False, label=TO)
    signs_in = forms.BooleanField(
        required=False,
        label=gettext_lazy("They may sign in"),
        help_text=gettext_lazy("They set their own password through the link on the sign-in page"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        _check_order(self, values)
        if values.get("signs_in") and not values.get("email"):
            self.add_error("email", _("An account needs an e-mail address"))
        return values

    def save(self, commit: bool = True) -> Person:
        values, columns = self.cleaned_data, self._columns()
        person = enrolment.enrol(
            by=self.by,
            partnership=self.partnership,
            role=values["role"],
            from_on=values["from_on"],
            to_on=values["to_on"],
            post=(columns.pop("post_cy"), columns.pop("post_en")),
            **columns,
        )
        if values["signs_in"]:
            enrolment.open_account(by=self.by, person=person, partnership=self.partnership)
        return person


class RoleForm(RowForm):
    """One more role for someone who is known here."""

    class Meta:
        model = Holding
        fields = ["role", "from_on", "to_on"]
        labels = {"role": gettext_lazy("Role"), "from_on": FROM, "to_on": TO}
        help_texts = {"from_on": DAYS_HINT}

    def save(self, commit: bool = True) -> Holding:
        values = self.cleaned_data
        return enrolment.give_role(
            by=self.by,
            person=self.instance.person,
            partnership=self.partnership,
            role=values["role"],
            from_on=values["from_on"],
            to_on=values["to_on"],
        )


class EndRoleForm(RowForm):
    """The last day of a role."""

    class Meta:
        model = Holding
        fields = ["to_on"]
        labels = {"to_on": gettext_lazy("Last day of the role")}
        help_texts = {"to_on": gettext_lazy("Give yesterday to end it at once")}

    def offer(self, partnership: Any) -> None:
        self.fields["to_on"].required = True
        self.initial["to_on"] = self.instance.to_on or today()

    def save(self, commit: bool = True) -> Holding:
        return enrolment.end_role(by=self.by, holding=self.instance, on=self.cleaned_data["to_on"])


def role_sentences() -> list[tuple[Any, Any]]:
    """Each role and the sentence that says what it opens."""
    return [(ROLE_NAMES[role], sentence) for role, (sentence, _powers) in ROLES.items()]


def _check_order(form: Any, values: dict[str, Any]) -> None:
    first, last = values.get("from_on"), values.get("to_on")
    if first and last and last < first:
        form.add_error("to_on", _("The last day comes before the first"))
