"""How people did on what measures them, told by the apps that know the answers, whatever was judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonMark:
    """One answer whose result is known."""

    person_id: UUID
    at: datetime
    passed: bool


MarkSource = Callable[[UUID], Iterable[PersonMark]]
_sources: list[MarkSource] = []


def mark_source_register(source: MarkSource) -> None:
    """Have ``source`` told a project; it returns the marks of its people that stand."""
    if source not in _sources:
        _sources.append(source)


def marks_elsewhere(project_id: UUID) -> list[PersonMark]:
    """Return what the registered sources know of a project's people."""
    return [mark for source in _sources for mark in source(project_id)]
