"""The spine: one small row for every record, without a name and without free text."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.people.access import May, Visibility
from diogel.people.models import Body, Group, Partnership, Person, Visible
from diogel.people.versions import Versioned
from diogel.places.models import Area


class Records(Visible):
    """Records, and the questions that every kind is asked alike."""

    def open(self) -> Any:
        return self.filter(closed_on=None, withdrawn_on=None)

    def due_by(self, day: Any) -> Any:
        return self.open().filter(due_on__lte=day).order_by("due_on")


class Record(Versioned):
    """What every kind of record shares. A test fixes this list of columns: nothing personal, nothing written freely."""

    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    has_visibility = True
    visibility_path = ""

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="records")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    status = models.CharField(max_length=20)
    visibility = models.CharField(
        max_length=12,
        choices=[
            (Visibility.PUBLIC, _("public")),
            (Visibility.PARTNERSHIP, _("partnership")),
            (Visibility.GROUP, _("group")),
            (Visibility.CASE, _("case: named people only")),
        ],
        default=Visibility.PARTNERSHIP,
    )
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    arises_from_kind = models.CharField(max_length=30, blank=True)
    arises_from_reference = models.CharField(max_length=40, blank=True)

    objects = Records.as_manager()

    class Meta:
        ordering = ["kind", "reference"]
        constraints = [models.UniqueConstraint(fields=["partnership", "kind", "reference"], name="one_record_a_reference")]
        indexes = [models.Index(fields=["partnership", "kind", "status"]), models.Index(fields=["due_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Part(models.Model):
    """A person's part in a record: it decides need-to-know, and whose next step it is."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        DEPUTY = "deputy", _("deputy")
        NAMED = "named", _("named")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person", "part"], name="one_part_each")]


class Move(models.Model):
    """One change of status: from, to, when, by whom, and why where a reason is asked for."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
