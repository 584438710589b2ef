"""Step 4: how far people agree, what the project holds true, and a disagreement that a person settles."""

from __future__ import annotations

from typing import Any

from config.demo.api import get_all
from config.demo.stage import Stage, truth_read


def agreement_read(stage: Stage) -> dict[str, Any]:
    """Rui reads agreement per clause, and settles the first disagreement by the clause's words."""
    rui, release_id = stage.api("rui"), stage.produced("policy")["release_id"]
    clauses = rui.call("GET", f"{stage.path}/agreement/?release_id={release_id}")["clauses"]
    adjudicated = _adjudicate(stage)
    decisions = list(get_all(rui, f"{stage.path}/decisions/?release_id={release_id}"))
    return {
        "agreement": {
            row["clause_key"]: {key: row["answers"][key] for key in ("alpha", "low", "high")}
            for row in clauses
        },
        "decisions": len(decisions),
        "undecided": sum(row["method"] == "undecided" for row in decisions),
        "adjudicated": adjudicated or sum(row["method"] == "adjudicated" for row in decisions),
    }


def _adjudicate(stage: Stage) -> int:
    rui, release_id = stage.api("rui"), stage.produced("policy")["release_id"]
    truth = truth_read(stage.material)
    for row in rui.call("GET", f"{stage.path}/disagreements/?release_id={release_id}")["results"]:
        right = truth.posts[row["external_id"]]["clauses"][row["clause_key"]]
        body = {
            "release_id": row["release_id"],
            "clause_key": row["clause_key"],
            "answer": right["answer"],
            "severity": right.get("severity"),
            "reason_code": "guideline_gap",
            "reason": "The answers split on a case that the clause's examples do not show.",
            "seen_decision_id": row["decision_id"],
        }
        rui.call("POST", f"/api/posts/{row['post_id']}/adjudications/", body)
        return 1
    return 0
