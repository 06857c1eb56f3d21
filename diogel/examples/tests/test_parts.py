"""An example's update says how each part of its action stands, and loading it sets them so."""

from __future__ import annotations

from types import SimpleNamespace

from diogel.examples.loading_demo import progress
from diogel.publishing.tests.a_plan import make_plan

UPDATE = {
    "action": 14, "quarter": "2022-03", "state": "filed", "status": "in_progress", "parts": {"14a": "complete"},
    "text": {"cy": "Mae 14a wedi’i chwblhau.", "en": "14a is complete."},
}  # fmt: skip


def test_the_parts_stand_as_the_update_says(cast):
    made = make_plan(cast)
    progress({"progress": [UPDATE]}, SimpleNamespace(actions={14: made.action}, people={}))
    made.part.refresh_from_db()
    assert made.part.status == "complete"
