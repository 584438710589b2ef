"""What a model's reply about a post is worth, checked against what the project decided: no model judges it.

A reply says whether the post breaks the policy, and which clauses. It is right about the verdict or not, and right
about each decided clause or not; each counts by its weight. A reply that says no verdict is worth nothing, so that
saying nothing never pays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

VIOLATING, SAFE = "violating", "safe"
VERDICT_WEIGHT = 1.0

_WORD = re.compile(rf"\b({VIOLATING}|{SAFE})\b", re.IGNORECASE)
_OBJECT = re.compile(r"\{[^{}]*\}")


def reply_read(reply: str, keys: Sequence[str]) -> tuple[str | None, frozenset[str]]:
    """Return the verdict a reply gives, if any, and which of the clauses it names as broken.

    Read is the first JSON object with ``violation`` (true, false, 1 or 0) and ``clauses``; without one, the first of
    the words ``violating`` and ``safe``, and keys of clauses wherever they stand.
    """
    for found in _OBJECT.finditer(reply):
        try:
            document = json.loads(found.group())
        except ValueError:
            continue
        if document.get("violation") in (True, False, 0, 1):
            named = document.get("clauses")
            said = {key for key in named if isinstance(key, str)} if isinstance(named, list) else set()
            return VIOLATING if document["violation"] else SAFE, frozenset(said & set(keys))
    word = _WORD.search(reply)
    if word is None:
        return None, frozenset()
    return word.group().lower(), frozenset(
        key for key in keys if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", reply)
    )


def reply_worth(
    reply: str,
    *,
    ground_truth: str,
    rubric: Sequence[Mapping[str, Any]],
    weights: Mapping[str, float] | None = None,
) -> float:
    """Return the reward of a reply, 0 to 1.

    Parameters
    ----------
    ground_truth
        ``violating`` or ``safe``: what the decisions make of the post.
    rubric
        For each decided clause ``clause_key``, ``is_harmful`` and ``weight``.
    weights
        What a clause's weight is multiplied with, by key; 1 where it is not named.
    """
    verdict, named = reply_read(reply, [str(item["clause_key"]) for item in rubric])
    if verdict is None:
        return 0.0
    total, won = VERDICT_WEIGHT, VERDICT_WEIGHT * (verdict == ground_truth)
    for item in rubric:
        key = str(item["clause_key"])
        weight = max(0.0, float(item["weight"]) * (weights or {}).get(key, 1.0))
        total += weight
        won += weight * ((key in named) == bool(item["is_harmful"]))
    return won / total
