"""A person at a browser: their page, and everything that must never happen while they use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from core.accounts.models import User
from tests.e2e.chromium import FRONTEND, ROOT

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PICTURES = ROOT / "test-results" / "pictures"
# Worse than these, axe says "serious" and "critical".
_TOLERATED_IMPACTS = {"minor", "moderate"}


@dataclass
class Watch:
    """What went wrong in the page without the person doing anything about it."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        """Note errors, content-security violations among them."""
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def on_fault(self, error: Exception) -> None:
        """Note an exception nobody caught."""
        self.complaints.append(f"uncaught: {error}")

    def on_request(self, request: Request) -> None:
        """Note a call to anywhere but the server."""
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"outside call: {request.url}")

    def check(self) -> None:
        """Fail when anything happened that the test did not expect."""
        left = [told for told in self.complaints if not any(part in told for part in self.expected)]
        assert not left, "the page complained:\n" + "\n".join(left)


@dataclass
class Visit:
    """One person's page, with words for what tests do again and again."""

    page: Page
    watch: Watch
    name: str

    def open(self, path: str) -> Page:
        """Go to ``path`` and wait until its heading stands and nothing is loading."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page has a heading and no part of it still loads."""
        self.page.wait_for_selector("h1")
        expect(self.page.locator("[role=status][aria-label^=Loading]")).to_have_count(0)
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def picture(self, label: str, *, full_page: bool = False) -> Path:
        """Save what the person sees under test-results/pictures."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{label}.png"
        self.page.screenshot(path=str(path), full_page=full_page)
        return path

    def expect_complaint(self, part: str) -> None:
        """Allow console errors that contain ``part``, such as a refused request the test provokes."""
        self.watch.expected.append(part)


def expect_no_serious_axe_violations(page: Page, *, within: str | None = None) -> None:
    """Run axe on the page (or on ``within``) and fail on anything serious or critical."""
    if not page.evaluate("typeof window.axe === 'object'"):
        axe = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
        page.evaluate(axe.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "scope => axe.run(scope ?? document, {resultTypes: ['violations'], "
        "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})",
        within,
    )
    serious = [rule for rule in result["violations"] if rule["impact"] not in _TOLERATED_IMPACTS]
    assert not serious, "axe: " + json.dumps(
        [
            {
                "rule": rule["id"],
                "help": rule["help"],
                "where": [
                    f"{node['target']} {node['html'][:160]} {node['failureSummary']}"
                    for node in rule["nodes"][:6]
                ],
            }
            for rule in serious
        ],
        indent=1,
    )


@contextmanager
def visit_as(
    browser: Browser,
    origin: str,
    user: User | None,
    *,
    name: str,
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
) -> Iterator[Visit]:
    """Give ``user`` (nobody for None) a fresh browser with their session; check at the end that all went well."""
    context = browser.new_context(
        base_url=origin,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.set_default_timeout(10_000)
    try:
        if user is not None:
            _session_give(context, origin, user)
        page = context.new_page()
        watch = Watch(origin)
        page.on("console", watch.on_console)
        page.on("pageerror", watch.on_fault)
        page.on("request", watch.on_request)
        yield Visit(page, watch, name)
        watch.check()
    finally:
        context.close()


def _session_give(context: BrowserContext, origin: str, user: User) -> None:
    client = Client()
    client.force_login(user, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": origin}])
