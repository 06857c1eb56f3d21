"""Every method of the package has its page."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
WITHIN_OTHERS = {"__init__": "", "outlines": "gistar", "neighbours": "gistar", "grids": "density", "classes": "map"}


def test_every_module_is_told_of_in_the_docs():
    for module in (ROOT / "diogel" / "analysis" / "hotspots").glob("*.py"):
        page = WITHIN_OTHERS.get(module.stem, module.stem)
        if page:
            told = (ROOT / "docs" / "methods" / f"{page}.md").read_text(encoding="utf-8")
            assert (f"hotspots.{module.stem}" if page == module.stem else module.stem) in told, module.stem
            assert page != module.stem or "Null hypothesis" in told, module.stem
