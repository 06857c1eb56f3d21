"""False alarms of the scan that an officer has answered for. The log keeps them: who, which find, and why, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from diogel.audit import log
from diogel.audit.models import Entry
from diogel.people.access import ROLE_NAMES, ROLES, May, require, roles_of
from diogel.people.models import Partnership
from diogel.published.blocks import Pair

from .scan import Release
from .snapshot_scan import names_someone

DEED = "released"
_KEY = re.compile(r"[0-9a-f]{16}")


def release(keys: Collection[str], *, by: Any, partnership: Partnership, because: tuple[str, str]) -> list[Release]:
    """Answer for these finds. ValueError where a reason is missing in Welsh or in English; ValidationError where one names a
    person, for it is published and the log keeps it; PermissionDenied without May.PUBLISH."""
    require(by, May.PUBLISH, partnership)
    if names_someone(*because):
        raise ValidationError(_("The reason names somebody on file, and the public will read it. Say it without the name."))
    made = [Release(key, _office(by, partnership), Pair(*because)) for key in sorted(keys) if _KEY.fullmatch(key)]
    for each in made:
        detail = {"key": each.key, "by_cy": each.by.cy, "by_en": each.by.en, "cy": each.reason.cy, "en": each.reason.en}
        log.record(by=by.reference, deed=DEED, subject=f"find:{each.key}", partnership=partnership.slug, detail=detail)
    return made


def kept_releases(slug: str) -> list[Release]:
    """All that were ever answered for in this partnership; a find that has moved or changed is a new one, and is not among them.
    One whose reason is by now the name of somebody who came since counts no more, for the certificate would publish it."""
    details = Entry.objects.filter(partnership=slug, deed=DEED).values_list("sealed_detail", flat=True)
    return [
        Release(each["key"], Pair(each["by_cy"], each["by_en"]), Pair(each["cy"], each["en"]))
        for each in details
        if not names_someone(each["cy"], each["en"])
    ]


def _office(by: Any, partnership: Partnership) -> Pair:
    """The role in which someone decides, never a name."""
    roles = [role for role in roles_of(by, partnership) if May.PUBLISH in ROLES[role][1]]
    said = []
    for language in ("cy", "en"):
        with override(language):
            said.append(str(ROLE_NAMES[roles[0]]) if roles else _("administrator of this installation"))
    return Pair(said[0], said[1])
