"""Which of a project's own models may suggest; the app that trains them says so, once Django is ready."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from core.db.keeping import Kept

HeadSource = Callable[[UUID], frozenset[UUID]]
"""Takes a project; returns the heads that are promoted in it, by the identifier their suggestions carry."""

_sources: list[HeadSource] = []


def head_source_register(source: HeadSource) -> None:
    """Ask ``source`` which heads are promoted; a later one takes the place of it."""
    _sources[:] = [source]


def heads_promoted(project_id: UUID) -> frozenset[UUID]:
    """Return the heads whose suggestions count; what other heads proposed is kept and shown to nobody."""
    return _sources[0](project_id) if _sources else frozenset()


_heads = Kept(heads_promoted, seconds=5.0, most=5_000)


def heads_known(project_id: UUID) -> frozenset[UUID]:
    """Return them from this process's memory, a few seconds old at most: it is asked with every task handed out."""
    return _heads(project_id)


def heads_forget(project_id: UUID) -> None:
    """Read the project's promoted heads anew the next time."""
    _heads.forget(project_id)
