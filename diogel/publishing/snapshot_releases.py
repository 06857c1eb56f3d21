"""False alarms of the scan that an officer has answered for. The log keeps them: who, which find, and why, in both languages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.people.access import ROLE_NAMES, ROLES, May, require, roles_of
from diogel.people.models import Partnership
from diogel.published.blocks import Pair

from .scan import Release

DEED = "released"


def release(keys: Collection[str], *, by: Any, partnership: Partnership, because: tuple[str, str]) -> list[Release]:
    """Answer for these finds. ValueError where a reason is missing in Welsh or in English; PermissionDenied without May.PUBLISH."""
    require(by, May.PUBLISH, partnership)
    made = [Release(key, _office(by, partnership), Pair(*because)) for key in sorted(keys)]
    for each in made:
        detail = {"key": each.key, "by_cy": each.by.cy, "by_en": each.by.en, "cy": each.reason.cy, "en": each.reason.en}
        log.record(by=by.reference, deed=DEED, subject=f"find:{each.key}", partnership=partnership.slug, detail=detail)
    return made


def kept_releases(slug: str) -> list[Release]:
    """All that were ever answered for in this partnership; a find that has moved or changed is a new one, and is not among them."""
    details = Entry.objects.filter(partnership=slug, deed=DEED).values_list("detail", flat=True)
    return [Release(each["key"], Pair(each["by_cy"], each["by_en"]), Pair(each["cy"], each["en"])) for each in details]


def _office(by: Any, partnership: Partnership) -> Pair:
    """The role in which someone decides, never a name."""
    roles = [role for role in roles_of(by, partnership) if May.PUBLISH in ROLES[role][1]]
    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(str(ROLE_NAMES[roles[0]]) if roles else _("administrator of this installation"))
    return Pair(said[0], said[1])
