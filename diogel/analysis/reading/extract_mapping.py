"""Which column of an extract holds what: written down once, saved as JSON, and used again for every extract of that layout."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from .dates import Order
from .police_uk import Unreadable


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Names of columns as they stand in the first row of the file; None where the file has no such column.

    `began` is the day or moment of the event, or the earliest it can have been, with its time in `began_time` if that is a
    column of its own; `ended` and `ended_time` the latest. Points are `easting` and `northing` in metres, or `longitude` and
    `latitude`. `kind` is the kind of crime. `reference` serves to find rows that come twice and is not kept. `order` states how
    dates such as 04/03/2021 are written; where it is None, they must prove it. `sheet` names one in an Excel file.
    """

    began: str
    began_time: str | None = None
    ended: str | None = None
    ended_time: str | None = None
    easting: str | None = None
    northing: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    kind: str | None = None
    reference: str | None = None
    order: Order | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        if any(name is not None and not name.strip() for name in self._named()):
            raise Unreadable.because("mapping_blank")
        if (self.easting is None) != (self.northing is None) or (self.longitude is None) != (self.latitude is None):
            raise Unreadable.because("mapping_one_coordinate")
        if self.easting and self.longitude:
            raise Unreadable.because("mapping_points_twice")
        if self.ended_time and not self.ended:
            raise Unreadable.because("mapping_time_alone")
        if len(set(self.columns)) < len(self.columns):
            raise Unreadable.because("mapping_column_twice")

    def _named(self) -> list[str | None]:
        return [getattr(self, field.name) for field in fields(self) if field.name not in ("order", "sheet")]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read; of all others, nothing is."""
        return tuple(name for name in self._named() if name is not None)

    @property
    def has_points(self) -> bool:
        return self.easting is not None or self.longitude is not None

    def to_json(self) -> str:
        """The mapping as a small JSON object, without what is None."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None}, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """A saved mapping. Unreadable, in one sentence, where it is none."""
        try:
            told = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            raise Unreadable.because("mapping_not_json") from None
        known = {field.name for field in fields(cls)}
        if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
            raise Unreadable.because("mapping_no_object")
        if strange := sorted(set(told) - known):
            raise Unreadable.because("mapping_unknown", name=strange[0][:60], known=", ".join(sorted(known)))
        if "began" not in told:
            raise Unreadable.because("mapping_no_date")
        try:
            order = Order(told.pop("order")) if "order" in told else None
        except ValueError:
            raise Unreadable.because("mapping_bad_order") from None
        return cls(**told, order=order)
