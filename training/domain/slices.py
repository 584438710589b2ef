"""What held-out rows are told apart by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from training.domain.evaluation import ScoredPair, ScoredReply

_SOURCES = {
    "human": "judged by people",
    "adjudicated": "decided by an expert",
    "human_edited": "rewritten by people",
}


def pair_scored(row: Mapping[str, Any], chosen: float, rejected: float) -> ScoredPair:
    """Return a row of ``rm`` or ``dpo`` with its scores as what is measured."""
    meta = json.loads(row["meta_json"])
    longer_by = len(row["chosen"][-1]["content"]) - len(row["rejected"][-1]["content"])
    slices = {
        "source": "simulated annotators" if row["simulated"] else _SOURCES.get(row["source"], row["source"]),
        "policy": row["policy_version"],
        "language": meta.get("language") or "not said",
    }
    if axes := meta.get("axes"):
        slices["axis"] = ", ".join(axes)
    if row.get("margin") is not None:
        slices["strength"] = _strength(float(row["margin"]))
    return ScoredPair(chosen - rejected, longer_by, slices)


def reply_scored(row: Mapping[str, Any], before: float, after: float) -> ScoredReply:
    """Return a row of ``grpo`` with what its replies were worth as what is measured."""
    meta = json.loads(row["meta_json"])
    slices = {"verdict": row["ground_truth"], "language": meta.get("language") or "not said"}
    if row["ground_truth_path"]:
        slices["clause"] = row["ground_truth_path"][-1]
    return ScoredReply(before, after, slices)


def _strength(margin: float) -> str:
    """Return in words how strong a preference was, of at most 3."""
    return "slight (below 1)" if margin < 1 else "clear (1 to 2)" if margin < 2 else "strong (2 to 3)"
