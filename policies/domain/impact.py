"""What a change of policy would cost: the interface through which apps above tell what cites a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StoppedMeaning:
    """A meaning that no longer holds: answers citing exactly (key, before) hold under the old release only.

    ``after`` is the revision the new release asks under, ``None`` when it no longer asks the clause. For a
    draft it is the revision that publishing would give.
    """

    clause_key: str
    before: int
    after: int | None


@dataclass(frozen=True, slots=True)
class ImpactCount:
    """How many records of one sort stop holding.

    ``noun`` is the plural people read: ``answers``, ``decisions``, ``judgments``, ``dataset versions``.
    ``active_ms`` is the measured time these records took people, shared out over the clauses that were
    answered together; 0 where nothing needs asking again (decisions, versions).
    """

    clause_key: str
    noun: str
    count: int
    language: str = ""
    severity: int | None = None
    active_ms: int = 0


@dataclass(frozen=True, slots=True)
class AffectedItem:
    """One post or comparison with answers that stopped holding, and what was answered."""

    item_id: UUID
    kind: Literal["label", "compare"]
    clause_keys: tuple[str, ...]
    old_answers: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    priority: float = 0.0


class ImpactSource(Protocol):
    """An app that stores records citing clauses. Both methods only read, in a fixed number of queries."""

    @property
    def name(self) -> str:
        """A stable name, such as ``annotation``."""
        ...

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        """Count the records of the project that cite exactly one of ``stopped`` (its key and ``before``)."""
        ...

    def affected(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], after: UUID | None, limit: int
    ) -> Sequence[AffectedItem]:
        """Return up to ``limit`` items with id greater than ``after``, by id ascending.

        An item names only those of ``stopped`` that it has answers to and that nobody has answered yet under
        the new meaning; an item with none left is not returned. Sources with nothing to ask return nothing.
        """
        ...
