"""The form of a boundary of one's own: names, the authority it lies in, days, and its outline as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.analysis.polygons import LARGEST, Refused, read_polygon
from diogel.home import today
from diogel.people.choices import OneOf
from diogel.people.editing import RowForm

from .own_area import OwnArea


class PlaceForm(RowForm):
    """A new boundary needs its outline; a correction without a file keeps the one that stands."""

    pair_labels = {"name": gettext_lazy("Name")}
    required_pairs = frozenset({"name"})
    parent = OneOf(OwnArea.objects.none(), name="name", label=gettext_lazy("Local authority it lies in"))
    outline = forms.FileField(
        required=False,
        label=gettext_lazy("Outline, as a GeoJSON file"),
        help_text=gettext_lazy("One polygon, in longitude and latitude, 1 MB at most. QGIS saves one as GeoJSON, EPSG:4326"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    class Meta:
        model = OwnArea
        fields = ["valid_from", "valid_to"]
        labels = {
            "valid_from": gettext_lazy("First day, where the boundary has one"),
            "valid_to": gettext_lazy("Last day, where it has ended"),
        }

    def offer(self, partnership: Any) -> None:
        parent: Any = self.fields["parent"]
        parent.queryset = partnership.areas.all()
        parent.initial = self.instance.parents.first() if self.instance.pk else None
        if self.instance.boundary:
            self.fields["outline"].label = _("New outline, as a GeoJSON file")

    def clean_outline(self) -> Any:
        """The geometry in the file, or why it is refused."""
        sent = self.cleaned_data["outline"]
        if sent is None:
            if not self.instance.boundary and not self.instance.pk:
                raise ValidationError(_("Choose the file that holds the outline"))
            return None
        try:
            return read_polygon(sent.read(LARGEST + 1))
        except Refused as fault:
            raise ValidationError(refusal(fault)) from None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        begins, ends = values.get("valid_from"), values.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The last day lies before the first. Check both"))
        return values

    def save(self, commit: bool = True) -> Any:
        """Write the row; a new one gets a code made of its name, by which counts ask for it."""
        values = self.cleaned_data
        if geometry := values.pop("outline"):
            values["boundary"] = geometry
        values["parents"] = [values.pop("parent")]
        if not self.instance.pk:
            values["kind"], values["code"] = OwnArea.Kind.OWN, self._free_code()
            values["vintage"] = (values.get("valid_from") or today()).year
        return super().save(commit)

    def _free_code(self) -> str:
        """A short name made of the English name, or the Welsh one, and a number where another area bears it."""
        stem = slugify(self.cleaned_data["name_en"] or self.cleaned_data["name_cy"])[:36] or "place"
        taken = set(OwnArea.objects.filter(code__startswith=stem).values_list("code", flat=True))
        return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)


def refusal(fault: Refused) -> str:
    """Why an outline is refused, in one sentence in the language of the page, without a full stop."""
    return _sentences()[fault.code] % fault.values


def _sentences() -> dict[str, str]:
    return {
        "too_large": _("The file is larger than %(most)s KB. Simplify the outline, and save it again"),
        "not_json": _("The file cannot be read as GeoJSON. Save it in that format, in UTF-8"),
        "not_geojson": _("The file is JSON, but not GeoJSON. Export the outline as GeoJSON"),
        "no_polygon": _("The file holds no polygon. Draw the outline as an area, not as a line or a point"),
        "several": _("The file holds %(n)s areas. Leave the one that you mean, and save it again"),
        "other_grid": _("The coordinates are not longitude and latitude. Export the outline in WGS84 (EPSG:4326)"),
        "not_numbers": _("A corner is not a pair of numbers. Export the outline again"),
        "swapped": _("Longitude and latitude are swapped: the first corner would be at longitude %(longitude)s, latitude %(latitude)s"),
        "far": _("A corner lies outside the United Kingdom, at longitude %(longitude)s, latitude %(latitude)s"),
        "too_many_corners": _("The outline has %(corners)s corners, and %(most)s are enough. Simplify it, and save it again"),
        "open": _("The outline is not closed: its last corner must be its first again"),
        "too_few_corners": _("The outline has fewer than three corners"),
        "crosses": _("The outline crosses itself. Mend it where two of its sides cut each other"),
        "no_area": _("The outline has no area: all its corners lie on one line"),
    }
