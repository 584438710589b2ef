"""Steps 5 and 6: a round on a worker chooses what to label next; a scan finds the answers planted wrong."""

from __future__ import annotations

from typing import Any

from config.demo.api import get_all
from config.demo.simulated import planted_wrong
from config.demo.stage import Stage, truth_read
from config.demo.steps import labelling

CLAUSE = "scam"
BUDGET = 24
_SCANNED = ("spam", "medical-misinformation")


def round_run(stage: Stage) -> dict[str, Any]:
    """Edda starts a round on a clause; simulated annotators answer what it chose."""
    edda, release_id = stage.api("edda"), stage.produced("policy")["release_id"]
    started = edda.call(
        "POST",
        f"{stage.path}/rounds/",
        {"release_id": release_id, "clause_key": CLAUSE, "strategy": "margin", "budget": BUDGET, "seed": 7},
    )
    stage.job("edda", started)
    ended = edda.call("GET", f"/api/rounds/{started['id']}/")
    answers = labelling.label_all(stage)
    metrics = ended["metrics"]
    return {
        "clause_key": CLAUSE,
        "encoder": ended["encoder"],
        "asked_strategy": ended["strategy"],
        "strategy": ended["used_strategy"],
        "decided": metrics["answers"],
        "embedded": metrics["posts"],
        "picked": ended["picked"],
        "answers": answers,
        "metrics": metrics["held_out"],
    }


def scan_run(stage: Stage) -> dict[str, Any]:
    """Edda scans two clauses; the answers that were planted wrong are counted among the suspects."""
    edda, release_id = stage.api("edda"), stage.produced("policy")["release_id"]
    started = edda.call(
        "POST",
        f"{stage.path}/scans/",
        {"release_id": release_id, "clause_keys": list(_SCANNED), "seed": 7},
    )
    stage.job("edda", started)
    found = {
        (row["external_id"], row["clause_key"])
        for row in get_all(edda, f"/api/scans/{started['id']}/suspects/")
    }
    wrong = _decided_wrong(stage)
    planted = {pair for pair in wrong if planted_wrong(*pair)}
    return {
        "planted": len(planted),
        "wrong": len(wrong),
        "suspects": len(found),
        "precision": len(found & wrong) / len(found) if found else 0.0,
        "recall": len(found & planted) / len(planted) if planted else 0.0,
    }


def _decided_wrong(stage: Stage) -> set[tuple[str, str]]:
    """Return the wrong decisions, planted or slipped by the careless, by post and clause."""
    rui, truth = stage.api("rui"), truth_read(stage.material)
    names = {post_id: external_id for external_id, post_id in stage.produced("posts")["post_ids"].items()}
    release_id = stage.produced("policy")["release_id"]
    return {
        (names[row["post_id"]], key)
        for key in _SCANNED
        for row in get_all(rui, f"{stage.path}/decisions/?release_id={release_id}&clause_key={key}")
        if row["answer"] != truth.posts[names[row["post_id"]]]["clauses"][key]["answer"]
    }
