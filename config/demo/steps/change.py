"""Step 7: a rule changes; exactly the answers that cite its old meaning are asked again."""

from __future__ import annotations

from typing import Any

from config.demo.api import DemoError, get_all
from config.demo.cast import SIMULATED
from config.demo.stage import Stage
from config.demo.steps import labelling, policy


def rule_change(stage: Stage) -> dict[str, Any]:
    """Pia releases the revision, its impact read beforehand."""
    return policy.release_second(stage)


def campaign_run(stage: Stage) -> dict[str, Any]:
    """Pia orders the re-labelling of what became stale, simulated annotators do it, and the counts are compared.

    Raises
    ------
    DemoError
        When other posts or clauses are asked about than those that became stale.
    """
    pia = stage.api("pia")
    first, second = stage.produced("policy"), stage.produced("change")
    stale = _decided_posts(stage, second["semantic"])
    campaign = _campaign(stage)
    if campaign.get("job_id"):
        stage.api("mika").wait_job(campaign["job_id"], tell=stage.say)
    labelling.label_all(stage)
    ended = pia.call("GET", f"/api/campaigns/{campaign['id']}/")
    clauses_asked = sorted({key for task in _asked(stage) for key in task["clause_keys"]})
    tasks = ended["progress"]["tasks"]
    if tasks != len(stale) or not set(clauses_asked) <= set(second["semantic"]):
        raise DemoError(
            f"{len(stale)} posts are stale under {', '.join(second['semantic'])}; the campaign made {tasks} tasks "
            f"about {', '.join(clauses_asked) or 'nothing'}."
        )
    return {
        "stale_posts": len(stale),
        "tasks": tasks,
        "answers": ended["progress"]["answers_given"],
        "clauses_asked": clauses_asked,
        "from": first["label"],
        "to": second["label"],
    }


def _campaign(stage: Stage) -> dict[str, Any]:
    first, second = stage.produced("policy"), stage.produced("change")
    for row in stage.api("mika").call("GET", f"{stage.path}/campaigns/")["results"]:
        if row["release"]["id"] == second["release_id"]:
            return row  # type: ignore[no-any-return]
    body = {"release_id": second["release_id"], "against_id": first["release_id"], "overlap": 2}
    return stage.api("mika").call("POST", f"{stage.path}/campaigns/", body)  # type: ignore[no-any-return]


def _decided_posts(stage: Stage, clause_keys: list[str]) -> set[str]:
    """Return the posts with a decision that cites a meaning of these clauses made under the first release."""
    release_id, rui = stage.produced("policy")["release_id"], stage.api("rui")
    return {
        row["post_id"]
        for key in clause_keys
        for row in get_all(rui, f"{stage.path}/decisions/?release_id={release_id}&clause_key={key}")
    }


def _asked(stage: Stage) -> list[dict[str, Any]]:
    """Return the tasks that the campaign made the simulated annotators answer."""
    release_id = stage.produced("change")["release_id"]
    return [
        row["task"]
        for who in SIMULATED
        for row in get_all(stage.api(who.key), "/api/me/submissions/")
        if row["task"]["release_id"] == release_id
    ]
