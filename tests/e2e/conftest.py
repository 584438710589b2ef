"""What browser tests stand on: a built front end, a server, a headless browser, and people signed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from tests.e2e.browsing import Visit, visit_as
from tests.e2e.building import frontend_build
from tests.e2e.chromium import FLAGS, Chromium, chromium_find
from tests.e2e.serving import Door, door_watched
from tests.e2e.slowness import slowness_asked_for
from tests.world import World

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that drives a browser."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> Path:
    """A store of this test's own for what it uploads."""
    settings.BLOB_FOLDER = tmp_path / "blobs"
    return tmp_path / "blobs"


@pytest.fixture(scope="session")
def built_frontend() -> None:
    """The pages, built from the sources as they are."""
    frontend_build()


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser's program."""
    return chromium_find()


@pytest.fixture(scope="session")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """One browser for the whole run; every test gets a fresh, empty context in it."""
    # Playwright's loop runs in this thread, which Django would otherwise take for a reason to refuse queries.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        driven = playwright.chromium.launch(
            executable_path=str(chromium.program),
            args=list(FLAGS),
            env={**os.environ, **chromium.environment},
        )
        yield driven
        driven.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """What every request of a browser goes through."""
    with door_watched(slowness_asked_for()) as door:
        yield door


@pytest.fixture
def site(built_frontend: None, live_server: Any) -> str:
    """The address of a running server with the built pages."""
    return str(live_server.url)


VisitAs = Callable[..., Visit]


@pytest.fixture
def page_as(site: str, browser: Browser, world: World, door: Door) -> Iterator[VisitAs]:
    """Open a browser as a person of the world: ``page_as("manager", dark=True).open("/")``; ``"anon"`` is nobody."""
    with ExitStack() as stack:

        def open_as(name: str, **options: Any) -> Visit:
            user = None if name == "anon" else world.person(name)
            return stack.enter_context(visit_as(browser, site, user, name=name, **options))

        yield open_as
    # What closed pages had asked for would be answered from tables that are being emptied.
    door.wait_until_empty()
