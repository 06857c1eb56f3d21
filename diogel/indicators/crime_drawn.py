"""Draws ahead what the page of recorded crime shows first, so that nobody waits for it: the verbs that load crime rows call it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import override

from diogel.people.access import Installation
from diogel.people.models import Partnership

from .crime_asked import AskForm
from .crime_found import found
from .crime_tables import where_said
from .crime_words import events_of
from .views_crime import pictures_of, reach_of

LANGUAGES = ("cy", "en")


def draw_ahead(*, told: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Draw the first question of every partnership in both languages, where it is not drawn yet; how many were asked.

    A partnership without police figures is passed over. `told` hears how many of how many are done. StoreFault where the
    store cannot be read.
    """
    asked = 0
    partnerships = list(Partnership.objects.standing())
    for at, partnership in enumerate(partnerships):
        reach = reach_of(partnership)
        form = AskForm({}, reach=reach) if reach else None
        answer = found(form.asked()) if form and form.is_valid() else None
        for language in LANGUAGES if answer else ():
            assert answer is not None
            with override(language):
                where = where_said(answer.asked, partnership.pair("place").say())
                pictures_of(answer, where, events_of(Installation(), partnership, answer.asked))
            asked += 1
        told(at + 1, len(partnerships))
    return asked
