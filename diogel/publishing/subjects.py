"""What can be published by itself: who a partnership is, a plan, a year of one; where each begins and how it is told from the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from diogel.home import today
from diogel.people.models import Partnership
from diogel.plan.models import Plan
from diogel.published.blocks import Paper
from diogel.published.models import Publication

from .annual import paper as annual_paper
from .annual_scope import annual_scope, annual_source
from .annual_years import Year
from .one_language import languages, only_of, told_of
from .plan_papers import plan_papers
from .snapshot_fields import allowed
from .snapshot_scopes import Scope, partnership_scope, plan_scope
from .snapshot_sources import partnership_source, plan_source

ABOUT = "about"
"""The key of a publication that tells who the partnership is."""
Subject = Partnership | Plan | Year
Papers = Mapping[str, Mapping[str, Paper]]
"""Papers by the name of their files and by language: `annual`, `cy`."""


def kind_and_key(subject: Subject) -> tuple[str, str]:
    if isinstance(subject, Year):
        return Publication.Kind.ANNUAL, subject.key
    return (Publication.Kind.PLAN, subject.code) if isinstance(subject, Plan) else (Publication.Kind.PARTNERSHIP, ABOUT)


def scope_of(subject: Subject) -> Scope:
    """The rows that publishing this would tell."""
    if isinstance(subject, Year):
        return annual_scope(subject)
    return plan_scope(subject) if isinstance(subject, Plan) else partnership_scope(subject)


def snapshot_of(subject: Subject) -> dict[str, Any]:
    """What of it may leave, in both languages. NotAllowed if a pair is unchecked."""
    scope = scope_of(subject)
    if isinstance(subject, Year):
        return told_of(allowed("annual", annual_source(subject, scope), table=scope.fields, only=scope.only))
    if isinstance(subject, Plan):
        return allowed("plan", plan_source(scope))
    return allowed("partnership", partnership_source(scope, day=today()))


def papers_of(kind: str, content: Mapping[str, Any], *, version: int, changes: Mapping[str, list[str]], marking: str) -> Papers:
    """The public papers of a snapshot, each in its languages; who a partnership is has none."""
    if kind == Publication.Kind.ANNUAL:
        options: dict[str, Any] = {"audience": "public", "version": str(version), "marking": marking}
        told = languages(only_of(content))
        return {"annual": {each: annual_paper(content, language=each, changes=changes.get(each, ()), **options) for each in told}}
    if kind == Publication.Kind.PLAN and settings.PLANS_HAVE_PAPERS:
        return plan_papers(content, version=str(version), changes=changes)
    return {}
