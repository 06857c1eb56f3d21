"""Papers as finished files: every paper in the forms in which it leaves, and their way onto a disk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from diogel.published.blocks import Paper
from diogel.published.drawing import Drawings

from . import html, pdf, word

LANGUAGES = ("cy", "en")
AUDIENCES = ("internal", "public")
FORMS = ("html", "docx", "pdf")
TAKEN_AWAY = ("docx", "pdf")
"""Forms that the public takes away; what stands on a page is drawn from the snapshot."""


def rendered(paper: Paper, drawings: Drawings, *, stem: str, forms: Collection[str] = FORMS) -> dict[str, bytes]:
    """The paper in these forms, each file by its name: `annual.cy.pdf`."""
    name = f"{stem}.{paper.language}"
    made: dict[str, bytes] = {}
    if "html" in forms:
        made[f"{name}.html"] = html.page(paper, drawings).encode()
    if "docx" in forms:
        made[f"{name}.docx"] = word.document(paper, drawings)
    if "pdf" in forms:
        made[f"{name}.pdf"] = pdf.document(paper, drawings)
    return made


def write(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write all files beside their places, then put each into it: a full disk leaves the earlier ones as they were."""
    scratches = {}
    try:
        for name, content in made.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            scratches[path] = path.with_name(path.name + ".new")
            scratches[path].write_bytes(content)
    except OSError:
        for scratch in scratches.values():
            scratch.unlink(missing_ok=True)
        raise
    return [scratch.replace(path) for path, scratch in scratches.items()]


def take_away_twins(made: Mapping[str, bytes], folder: Path) -> None:
    """Of papers that are in one language now, remove from the folder what was made of them in the other before."""
    for name in made:
        stem, language, form = [*name.rsplit(".", 2), "", ""][:3]
        twin = f"{stem}.{'en' if language == 'cy' else 'cy'}.{form}"
        if language in LANGUAGES and twin not in made:
            (folder / twin).unlink(missing_ok=True)
