"""Where clauses came from and where they went: split, merged, retired. Kept on the release that did it.

A key that goes out is never asked under that release again, so answers to it stop holding there; its lineage
says which keys ask instead. Each step names keys of the release the draft is based on (``from_keys``) and keys
of the draft (``to_keys``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class LineageKind(StrEnum):
    """What happened to the clauses of ``from_keys``."""

    SPLIT = "split"
    MERGED = "merged"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One step: one key into several, several into one, or one into none, and why."""

    kind: LineageKind
    from_keys: tuple[str, ...]
    to_keys: tuple[str, ...]
    reason: str = ""


def lineage_read(rows: Iterable[Mapping[str, Any]]) -> tuple[LineageStep, ...]:
    """Return the steps a release stores."""
    return tuple(
        LineageStep(LineageKind(row["kind"]), tuple(row["from"]), tuple(row["to"]), row.get("reason", ""))
        for row in rows
    )


def lineage_json(steps: Iterable[LineageStep]) -> list[dict[str, Any]]:
    """Return the steps as plain JSON, as the table and the canonical form hold them."""
    return [
        {
            "kind": step.kind.value,
            "from": list(step.from_keys),
            "to": list(step.to_keys),
            **({"reason": step.reason} if step.reason else {}),
        }
        for step in steps
    ]


def lineage_after(
    steps: Sequence[LineageStep],
    *,
    kind: LineageKind,
    from_keys: Sequence[str],
    to_keys: Sequence[str],
    reason: str,
    base_keys: Collection[str],
) -> tuple[LineageStep, ...]:
    """Return ``steps`` with one more, told in keys of the base.

    What began in this very draft has no history of its own: where ``from_keys`` are such keys, earlier steps
    that led to them lead to ``to_keys`` instead.
    """
    gone = [key for key in from_keys if key in base_keys]
    inside = set(from_keys) - set(gone)
    redirected: list[LineageStep] = []
    inherited: list[str] = []
    for step in steps:
        if not inside & set(step.to_keys):
            redirected.append(step)
            continue
        kept = [key for key in step.to_keys if key not in inside]
        if gone and not kept:
            # Everything of an earlier step now goes where this one goes: they are one.
            inherited += step.from_keys
            continue
        redirected.append(_with_to(step, [*kept, *to_keys]))
    if gone or inherited:
        redirected.append(LineageStep(kind, (*inherited, *gone), tuple(to_keys), reason))
    return tuple(redirected)


def lineage_without_target(steps: Sequence[LineageStep], key: str) -> tuple[LineageStep, ...]:
    """Return ``steps`` after a clause of the draft was taken out that some of them lead to."""
    return tuple(
        _with_to(step, [target for target in step.to_keys if target != key]) if key in step.to_keys else step
        for step in steps
    )


def lineage_without_source(steps: Sequence[LineageStep], key: str) -> tuple[LineageStep, ...]:
    """Return ``steps`` after a clause of the base came back into the draft."""
    rows: list[LineageStep] = []
    for step in steps:
        sources = tuple(source for source in step.from_keys if source != key)
        if sources:
            rows.append(LineageStep(step.kind, sources, step.to_keys, step.reason))
    return tuple(rows)


def successors(releases: Iterable[Sequence[LineageStep]], key: str, *, present: Collection[str]) -> list[str]:
    """Follow a key through the lineages of ``releases``, oldest first, to keys that are ``present`` at the end.

    Empty when it was retired, or went out without a word.
    """
    followed = [key]
    for steps in releases:
        following: list[str] = []
        for name in followed:
            step = next((one for one in steps if name in one.from_keys), None)
            following += step.to_keys if step else [name]
        followed = list(dict.fromkeys(following))
    return [name for name in followed if name in present and name != key]


def _with_to(step: LineageStep, to_keys: Sequence[str]) -> LineageStep:
    targets = tuple(dict.fromkeys(to_keys))
    kind = step.kind if targets else LineageKind.RETIRED
    return LineageStep(kind, step.from_keys, targets, step.reason)
