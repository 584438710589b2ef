"""Steps 1 and 7: a policy is written, reviewed and released; later a rule changes."""

from __future__ import annotations

from typing import Any

from config.demo.policy import CLAUSES, POLICY, REVISION
from config.demo.stage import Stage


def release_first(stage: Stage) -> dict[str, Any]:
    """Pia drafts the policy, Pavel approves it, Pia publishes it."""
    pia = stage.api("pia")
    policy = _policy(stage)
    draft = _open_draft(stage, policy["id"]) or pia.call(
        "POST", f"/api/policies/{policy['id']}/releases/", {}
    )
    known = {clause["key"] for clause in draft.get("clauses", [])}
    for position, clause in enumerate(CLAUSES):
        if clause["key"] not in known:
            body = {"key": clause["key"], "position": position, "document": clause["document"]}
            pia.call("POST", f"/api/releases/{draft['id']}/clauses/", body)
    release = _review_and_publish(stage, draft["id"])
    kinds = [clause["document"]["kind"] for clause in CLAUSES]
    return {
        "policy_id": policy["id"],
        "release_id": release["id"],
        "label": release["label"],
        "verdict_clauses": kinds.count("verdict"),
        "axis_clauses": kinds.count("axis"),
    }


def release_second(stage: Stage) -> dict[str, Any]:
    """One clause changes its meaning, another only its wording; the impact is read before publishing."""
    pia, first = stage.api("pia"), stage.produced("policy")
    draft = _open_draft(stage, first["policy_id"]) or pia.call(
        "POST", f"/api/policies/{first['policy_id']}/releases/", {"based_on_id": first["release_id"]}
    )
    draft = pia.call("GET", f"/api/releases/{draft['id']}/")
    versions = {clause["key"]: clause["version"] for clause in draft["clauses"]}
    if draft["state"] == "draft":
        for edit in REVISION:
            body = {
                "version": versions[edit["key"]],
                "document": edit["document"],
                "change": edit["change"],
                "change_reason": edit["change_reason"],
            }
            pia.call("PUT", f"/api/releases/{draft['id']}/clauses/{edit['key']}/", body)
    impact = pia.call("GET", f"/api/releases/{draft['id']}/impact/?against={first['release_id']}")
    release = _review_and_publish(stage, draft["id"])
    return {
        "release_id": release["id"],
        "label": release["label"],
        "semantic": [edit["key"] for edit in REVISION if edit["change"] == "semantic"],
        "editorial": [edit["key"] for edit in REVISION if edit["change"] == "editorial"],
        "impact": impact["totals"],
        "hours": impact["hours"],
    }


def _policy(stage: Stage) -> dict[str, Any]:
    pia = stage.api("pia")
    for row in pia.call("GET", f"{stage.path}/policies/")["results"]:
        if row["key"] == POLICY["key"]:
            return row  # type: ignore[no-any-return]
    return pia.call("POST", f"{stage.path}/policies/", POLICY)  # type: ignore[no-any-return]


def _open_draft(stage: Stage, policy_id: str) -> dict[str, Any] | None:
    """Return the draft that an interrupted demo left, whole."""
    pia = stage.api("pia")
    for release in pia.call("GET", f"/api/policies/{policy_id}/")["releases"]:
        if release["state"] in {"draft", "in_review"}:
            return pia.call("GET", f"/api/releases/{release['id']}/")  # type: ignore[no-any-return]
    return None


def _review_and_publish(stage: Stage, release_id: str) -> dict[str, Any]:
    pia, pavel = stage.api("pia"), stage.api("pavel")
    release = pia.call("GET", f"/api/releases/{release_id}/")
    if release["state"] == "draft":
        release = pia.call("POST", f"/api/releases/{release_id}/submit/")
    if not release["approvals"]:
        pavel.call(
            "POST",
            f"/api/releases/{release_id}/approve/",
            {"verdict": "approved", "note": "Read clause by clause; the examples are clear."},
        )
    return pia.call("POST", f"/api/releases/{release_id}/publish/", {})  # type: ignore[no-any-return]
