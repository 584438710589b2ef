"""Whether an answer made under one release still holds under another. Computed, never written."""

from __future__ import annotations

from collections.abc import Mapping


def holds_under(*, clause_key: str, meaning_revision: int, meanings: Mapping[str, int]) -> bool:
    """Whether the clause means the same in a release whose meaning revisions are ``meanings``.

    A clause that the release does not have any more holds for nothing.
    """
    return meanings.get(clause_key) == meaning_revision
