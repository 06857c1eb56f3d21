"""Which types of document a partnership publishes in one language only, and why: the rare exception, set by hand."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diogel.people.access import May
from diogel.people.models import Partnership, Visible
from diogel.people.versions import Versioned
from diogel.words.pairs import Bilingual, checked_pairs_are_whole, pair_state, pair_text

LANGUAGES = [("cy", "Cymraeg"), ("en", "English")]


class OneLanguage(Bilingual, Versioned):
    """One type of document in one language, while the row stands. The reason is read by the public in both."""

    class Document(models.TextChoices):
        """Types that are a paper of a period and have one page. Who we are and the plan are pages that everything leads to, and an
        assessment is approved in both languages: those are never in one alone."""

        QUARTER = "quarter", gettext_lazy("quarterly report")
        ANNUAL = "annual", gettext_lazy("annual report")

    pairs = ("reason",)
    partnership_path = "partnership"
    seen_with = May.SEE_DESK
    edited_with = May.PUBLISH

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="documents_in_one_language")
    document = models.CharField(max_length=12, choices=Document.choices)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    reason_cy, reason_en, reason_state = pair_text(), pair_text(), pair_state()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["document"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "document"], name="one_rule_a_type_of_document"),
            models.CheckConstraint(name="one_language_says_why", condition=~Q(reason_cy="") & ~Q(reason_en="")),
            *checked_pairs_are_whole("one_language", "reason"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"

    def clean(self) -> None:
        """ValidationError where a half of the reason is missing."""
        words = _("Say why in Welsh and in English: the public reads both.")
        missing = {f"reason_{half}": words for half in ("cy", "en") if not getattr(self, f"reason_{half}").strip()}
        if missing:
            raise ValidationError(missing)  # type: ignore[arg-type]
