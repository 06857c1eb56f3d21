"""Word files of a plan without a table: priorities with a lead, numbered objectives and a list of measures each, in our own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx import Document

from .word_files import saved

ENGLISH = (
    ("Priority One:", "Make the harbour and its streets safer", "Priority Lead: North Wales Police", (
        "1.1 Reduce thefts from boats at the quay", "1.2 Walk the quay with those who trade there",
    ), "Measuring Progress:", (
        "Each spring the partnership will go through:", "• The number of boats that report a theft",
        "• An increase in the number of traders who join the watch.", "• How the watch has learned from each theft",
        "We will also watch some numbers to which we contribute and for which we are not solely accountable:",
        "• Monitor the number of mooring checks",
    )),
    ("Priority 2:", "Bring help nearer to young sailors", "Priority Lead: Gwynedd Council", (
        "2.1 Maintain or increase the hours of the boathouse", "2.2 Increased pride in the crew",
    ), "How we will measure success", ("• Decrease the percentage of sailors who wait for a berth", "• Settle a baseline for wet days")),
)  # fmt: skip
WELSH = (
    ("Blaenoriaeth 1:", "Gwneud yr harbwr a’i strydoedd yn fwy diogel", "Arweinydd y Flaenoriaeth: Heddlu Gogledd Cymru", (
        "1.1 Lleihau lladrata o gychod wrth y cei", "1.2 Cerdded y cei gyda’r rhai sy’n masnachu yno",
    ), "Sut byddwn yn mesur cynnydd", (
        "• Nifer y cychod sy’n adrodd am ladrad", "• Cynnydd yn nifer y masnachwyr sy’n ymuno â’r wylfa",
        "Byddwn hefyd yn gwylio rhai rhifau yr ydym yn cyfrannu atynt:", "• Monitro nifer yr archwiliadau angori",
    )),
)  # fmt: skip


def plan_file(priorities: Sequence[Any] = ENGLISH, change: Callable[[str], str] = lambda text: text, after: Sequence[str] = ()) -> bytes:
    """A Word file in which each priority has its lead, its numbered objectives and a list of measures; none of it in a table."""
    document = Document()
    document.add_heading("Safe harbours 2022 to 2023", 1)
    for number, title, lead, objectives, head, lines in priorities:
        document.add_heading(number, 2)
        for text in (title, lead, *objectives):
            document.add_paragraph(change(text))
        document.add_paragraph(head)
        for text in lines:
            bare = change(text).removeprefix("• ")
            document.add_paragraph(bare, style="List Bullet" if text.startswith("•") else "Normal")
    for text in after:
        document.add_paragraph(text)
    return saved(document)
