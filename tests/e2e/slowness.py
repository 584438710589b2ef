"""Machines unlike this one, for the browser tests: no test may race, no page may hang on a font.

``CONCORD_SLOW`` asks for a slow line and a slow machine:

``requests``: what a page asks the server to change reaches it late; a test that reads the database too early fails.
``answers``: all that the server says reaches the page late, and the page thinks slowly. ``both``: both, somewhat less.
``CONCORD_WIDE=1`` sets every word wider, as another machine's fonts would.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

_WIDE_WORDS = """
const sheet = new CSSStyleSheet();
sheet.replaceSync("* { letter-spacing: 0.07em !important; }");
document.adoptedStyleSheets.push(sheet);
"""


@dataclass(frozen=True)
class Slowness:
    """How late changes and answers are, in seconds, and how many times slower than its machine a page is."""

    change_s: float = 0.0
    answer_s: float = 0.0
    times_slower: int = 1

    def impose_on(self, context: BrowserContext) -> None:
        """Make every page of ``context`` as asked for, those that a test opens later too."""
        if os.environ.get("CONCORD_WIDE") == "1":
            context.add_init_script(_WIDE_WORDS)
        if self.times_slower > 1:
            context.on("page", lambda page: self._slow_down(page))

    def _slow_down(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": self.times_slower})


_KINDS = {
    "": Slowness(),
    "requests": Slowness(change_s=2.0),
    "answers": Slowness(answer_s=0.8, times_slower=4),
    "both": Slowness(change_s=1.0, answer_s=0.4, times_slower=3),
}


def slowness_asked_for() -> Slowness:
    """Read ``CONCORD_SLOW``; unset, nothing is slowed down."""
    kind = os.environ.get("CONCORD_SLOW", "")
    if kind not in _KINDS:
        raise ValueError(f"CONCORD_SLOW is {kind!r}; it may be {', '.join(filter(None, _KINDS))}.")
    return _KINDS[kind]
