from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.services.prepared import home_copy
from tests.services.running import Running, Up, deployment_described

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that starts real processes."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="package")
def up() -> Iterator[Up]:
    """A supervised Concord for the tests of this folder, over tables that are there already."""
    with TemporaryDirectory(prefix="concord-test-", ignore_cleanup_errors=True) as folder:
        started = Up(home_copy(Path(folder) / "home"))
        started.start()
        yield started
        if started.process is not None and started.process.poll() is None:
            assert started.stop(signal.SIGTERM) == 0, "who supervises services ends it so"


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder outside pytest's own: PostgreSQL runs as another user there, and pytest takes back others' access."""
    with TemporaryDirectory(prefix="concord-test-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="package")
def running(request: pytest.FixtureRequest) -> Running:
    """The distributed deployment where there is one, else a supervised Concord."""
    found = deployment_described()
    if found is not None:
        return found
    started: Up = request.getfixturevalue("up")
    return started
