"""The HTML file in a real browser: axe finds nothing, it fits a small screen, and it asks nothing of anybody."""

from __future__ import annotations

import pytest

from diogel.published.tests.pictures import drawings
from diogel.published.tests.sample import paper
from diogel.publishing import html

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_file_is_sound_on_any_screen(chromium, axe, tmp_path, language, width):
    written = tmp_path / f"quarterly.{language}.html"
    written.write_text(html.page(paper(language, is_draft=True), drawings(language)), encoding="utf-8")
    context = chromium.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written.as_uri())
    assert axe(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
