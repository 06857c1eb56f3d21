"""Runs axe on a page of a real browser. Colours that were looked at on one page are not looked at again on the next.

Contrast is three quarters of what axe does, and hundreds of cells and sentences wear the same few colours. What decides it is how the
letters look (colour, size, weight) and what they lie on; each such look is shown to axe the first time it is met in a session, on the
first visible piece of text that wears it. All other rules look at every element of every page.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Marks every element whose look is known, or that has no letters of its own; gives the looks that are new.
MARK = """known => {
  const looks = new Set(known), fresh = [], grounds = new Map();
  const ground = each => {
    if (!each) return '';
    if (!grounds.has(each)) {
      const style = getComputedStyle(each), own = `${style.backgroundColor} ${style.backgroundImage} ${style.opacity}`;
      const covers = /^rgb\\(/.test(style.backgroundColor) && style.backgroundImage === 'none' && style.opacity === '1';
      const clear = own === 'rgba(0, 0, 0, 0) none 1';
      grounds.set(each, covers ? own : (clear ? '' : own + ' on ') + ground(each.parentElement));
    }
    return grounds.get(each);
  };
  const letters = each => /^(INPUT|SELECT|TEXTAREA)$/.test(each.tagName)
    || [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const seen = each => { const box = each.getBoundingClientRect(); return each.checkVisibility() && box.width > 1 && box.height > 1; };
  for (const each of document.querySelectorAll('body *')) {
    if (!letters(each)) { each.dataset.lookKnown = ''; continue; }
    const style = getComputedStyle(each), off = each.closest('[disabled], [aria-disabled=true]') ? 'off' : '';
    const look = [style.color, style.fill, style.fontSize, style.fontWeight, style.textShadow, off, ground(each)].join('; ');
    if (looks.has(look)) each.dataset.lookKnown = '';
    else if (seen(each)) { looks.add(look); fresh.push(look); }
  }
  return fresh;
}"""
RUN = """standards => {
  axe.configure({rules: [{id: 'color-contrast', selector: '*:not([data-look-known])'}]});
  return axe.run(document, {resultTypes: ['violations'], runOnly: standards}).then(found => found.violations);
}"""


class Looking:
    """What axe finds, page after page, as lines; `looks` are those that were met so far."""

    def __init__(self) -> None:
        self.looks: set[str] = set()
        self._script = Axe().axe_script

    def __call__(self, page: Any) -> list[str]:
        """A line for each element that breaks a rule; none where all is well."""
        self.looks.update(page.evaluate(MARK, sorted(self.looks)))
        page.evaluate(self._script)
        return [f"{each['id']}: {node['html'][:160]}" for each in page.evaluate(RUN, STANDARDS) for node in each["nodes"]]
