"""Which test runs when, and where: what takes longest begins first, so that no worker waits for another at the end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling

_TESTS = Path(__file__).parent
_SHARING = "services"
_FIRST = (_SHARING, "e2e", "alone", "training")


def longest_first(items: list[pytest.Item]) -> None:
    """Sort in place: those who share a running Concord, browsers, other processes, then files with many tests."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (_rank(item), -sizes[item.path], item.path))


def _rank(item: pytest.Item) -> int:
    """Return how early a test's file begins; the same for every test of a file."""
    folder = item.path.relative_to(_TESTS).parts[0] if item.path.is_relative_to(_TESTS) else ""
    if folder == _SHARING and not shares_a_concord(str(item.path)):
        folder = "alone"
    return _FIRST.index(folder) if folder in _FIRST else len(_FIRST)


def shares_a_concord(path: str) -> bool:
    """Whether the tests of a file use the running Concord of their folder, which is started once a worker."""
    return f"tests/{_SHARING}/" in path and not path.endswith(("test_demo_survives.py", "test_refusals.py"))


class OneWorkerAFile(LoadFileScheduling):  # type: ignore[misc]
    """Files go to workers in the order of the collection; those that share a Concord go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of what is handed to a worker as one."""
        file = super()._split_scope(nodeid)
        return _SHARING if shares_a_concord(file) else str(file)
