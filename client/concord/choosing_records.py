"""Rounds, which choose posts to be labelled, and scans, which look for labels that are wrong, as typed objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from concord.records import Resource, Worked


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many, with a 95 % interval; null of nothing."""

    hits: int = 0
    total: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.value is None or self.low is None or self.high is None:
            return f"{self.hits} of {self.total}"
        return f"{self.value:.1%} ({self.low:.1%} to {self.high:.1%}) of {self.total}"


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """What a model learnt from so many ``answers``, measured on held-out posts."""

    strategy: str
    answers: int
    macro_f1: float | None = None
    average_precision: float | None = None


@dataclass(frozen=True, kw_only=True)
class Round(Worked):
    """One choosing of posts about a clause; ``picked`` of ``budget`` became tasks."""

    release_id: str = ""
    release_label: str = ""
    clause_key: str = ""
    strategy: str = ""
    used_strategy: str = ""
    budget: int = 0
    overlap: int = 1
    random_share: float = 0.0
    seed: int = 0
    picked: int = 0
    model_number: int | None = None
    metrics: dict[str, Any] = field(default_factory=dict)

    @property
    def curve(self) -> list[CurvePoint]:
        """The learning curve: points of the strategy and of chance, by strategy and number of answers."""
        found = [
            CurvePoint(
                strategy=strategy,
                answers=int(point["answers"]),
                macro_f1=point.get("macro_f1"),
                average_precision=point.get("average_precision"),
            )
            for strategy, points in (self.metrics.get("curves") or {}).items()
            for point in points
        ]
        return sorted(found, key=lambda point: (point.strategy, point.answers))

    @property
    def held_out(self) -> dict[str, Any]:
        """What the round's model was measured to do on held-out posts, by name of the figure."""
        measured: dict[str, Any] = self.metrics.get("held_out") or {}
        return measured


@dataclass(frozen=True, kw_only=True)
class Pick(Resource):
    """A post that a round chose, and why."""

    post_id: str = ""
    external_id: str = ""
    rank: int = 0
    score: float | None = None
    is_random: bool = False
    inclusion: float | None = None
    probability: float | None = None
    reason: str = ""
    task_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scan(Worked):
    """One search for answers that are likely wrong.

    ``precision`` is the share of the reviewed suspects that were wrong: ``confirmed`` and ``changed`` of them, without
    those still ``pending``.
    """

    release_id: str = ""
    release_label: str = ""
    clause_keys: list[str] = field(default_factory=list)
    wanted_precision: float = 0.0
    suspects_count: int = 0
    pending_count: int = 0
    confirmed_count: int = 0
    changed_count: int = 0
    dismissed_count: int = 0
    precision: Share = field(default_factory=Share)
    metrics: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Make one from the server's JSON."""
        return super().from_json({**document, "precision": share_of(document.get("precision"))})

    @property
    def advice(self) -> str:
        """Whether reviewing more is worth it, in a sentence; known when the scan was fetched by itself."""
        return str((self.more.get("advice") or {}).get("sentence", ""))

    @property
    def by_kind(self) -> dict[str, Share]:
        """The precision by sort of suspect; known when the scan was fetched by itself."""
        return {row["kind"]: share_of(row["precision"]) for row in self.more.get("kinds") or []}


@dataclass(frozen=True, kw_only=True)
class Suspect(Resource):
    """An answer that is likely wrong: what was ``given``, and what is ``likely``."""

    post_id: str = ""
    external_id: str = ""
    clause_key: str = ""
    kind: str = ""
    rank: int = 0
    score: float | None = None
    given: str = ""
    likely: str = ""
    outcome: str = ""
    why: dict[str, Any] = field(default_factory=dict)


def share_of(document: Mapping[str, Any] | None) -> Share:
    """Read a share as the server sends it."""
    told = document or {}
    return Share(**{name: told[name] for name in ("hits", "total", "value", "low", "high") if name in told})
