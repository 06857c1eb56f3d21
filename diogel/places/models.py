"""One model for every kind of area, with its code, vintage, names, parents and populations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_line, pair_state


class Area(Bilingual):
    """A place with a code: a statistical area of a given vintage, or a polygon of one's own such as a town centre."""

    pairs = ("name",)

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("local authority")
        CSP = "csp", _("statistical community safety partnership")
        FORCE = "force", _("police force area")
        LSOA11 = "lsoa11", _("small area (LSOA) of 2011")
        LSOA21 = "lsoa21", _("small area (LSOA) of 2021")
        WARD = "ward", _("ward")
        OWN = "own", _("own boundary")

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    vintage = models.PositiveSmallIntegerField(help_text=_("The year of the boundary, such as 2011 or 2021"))
    name_cy = pair_line()
    name_en = pair_line()
    name_state = pair_state()
    parents = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="children")
    boundary = models.JSONField(null=True, blank=True, help_text=_("GeoJSON geometry, in degrees"))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors")
    # Only a boundary of one's own is corrected and withdrawn by hand; what is published by others is loaded.
    version = models.PositiveIntegerField(default=1)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            # LSOAs that did not change keep their code through both vintages.
            models.UniqueConstraint(fields=["code", "kind"], name="area_code_within_kind"),
            *checked_pairs_are_whole("area", "name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"


class Population(models.Model):
    """How many people lived in an area in one year, and who says so."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    residents = models.PositiveIntegerField()
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["area", "year"]
        constraints = [models.UniqueConstraint(fields=["area", "year", "source"], name="one_population_a_source_and_year")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year}: {self.residents}"
