"""Forms for people and the roles they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.home import today

from . import enrolment
from .access import ROLE_NAMES, ROLES, Role, grantable
from .choices import OneOf
from .editing import RowForm
from .forms import DAYS_HINT, FROM, TO, check_order
from .models import Body, Holding, Person
from .versions import check_print


class PersonForm(RowForm):
    """What is known of a person. It is read by those who may see who is who, and by nobody else."""

    body = OneOf(Body.objects.none(), name="name", required=False, label=gettext_lazy("Body"))

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


def role_choices(by: Any, partnership: Any) -> list[tuple[str, Any]]:
    """The roles that `by` may give. Nothing is chosen beforehand: the first of the list opens the most."""
    offered = grantable(by, partnership)
    return [("", gettext_lazy("Choose one")), *[(role.value, ROLE_NAMES[role]) for role in Role if role in offered]]


class NewPersonForm(PersonForm):
    """Someone new, with the first role they hold here."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    from_on = forms.DateField(required=False, label=FROM, help_text=DAYS_HINT)
    to_on = forms.DateField(required=False, label=TO)
    signs_in = forms.BooleanField(
        required=False,
        label=gettext_lazy("They may sign in"),
        help_text=gettext_lazy("They set their own password through the link on the sign-in page"),
    )

    def offer(self, partnership: Any) -> None:
        super().offer(partnership)
        self.fields["role"].choices = role_choices(self.by, partnership)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_order(self, values)
        if values.get("signs_in") and not values.get("email"):
            self.add_error("email", _("An account needs an e-mail address"))
        return values

    @transaction.atomic
    def save(self, commit: bool = True) -> Person:
        """Both or neither: who may not open the account does not give the role either."""
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
        if values["signs_in"] and enrolment.account_of(person) is None:
            enrolment.open_account(by=self.by, person=person, partnership=self.partnership)
        return person


class RoleForm(RowForm):
    """One more role for someone who is known here."""

    class Meta:
        model = Holding
        fields = ["role", "from_on", "to_on"]
        labels = {"role": gettext_lazy("Role"), "from_on": FROM, "to_on": TO}
        help_texts = {"from_on": DAYS_HINT}

    def offer(self, partnership: Any) -> None:
        self.fields["role"].choices = role_choices(self.by, partnership)

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
        with transaction.atomic():
            check_print(self.instance, self.cleaned_data["seen"])
            return enrolment.end_role(by=self.by, holding=self.instance, on=self.cleaned_data["to_on"])


def role_sentences() -> list[tuple[Any, Any]]:
    """Each role and the sentence that says what it opens."""
    return [(ROLE_NAMES[role], sentence) for role, (sentence, _powers) in ROLES.items()]
