from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.running import Running, Up, deployment_described

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that starts real processes."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A supervised Concord for the tests of one file."""
    started = Up(tmp_path_factory.mktemp("up") / "home")
    started.start()
    yield started
    if started.process is not None and started.process.poll() is None:
        started.stop()


@pytest.fixture(scope="module")
def running(request: pytest.FixtureRequest) -> Running:
    """The distributed deployment where there is one, else a supervised Concord."""
    found = deployment_described()
    if found is not None:
        return found
    started: Up = request.getfixturevalue("up")
    return started
