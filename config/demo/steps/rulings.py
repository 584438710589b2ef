"""Policy experts settle posts with reasons; what two of them stand behind is shown beside posts like it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from config.demo.api import DemoError
from config.demo.policy import REVISION
from config.demo.stage import Stage, truth_read

_RULED = 3
_APPROVED = 2
_REASONS = {
    "weapons-sale": "A working weapon, a price, and somebody to write to: it is offered, whatever it is called.",
    "spam": "The same offer to everybody, with nothing in it that somebody here asked for.",
    "harassment": "It singles out one person and asks others to join in.",
    "medical-misinformation": "It promises a cure and tells people to leave their treatment.",
    "graphic-content": "The injury is the point of the picture, and nothing around it informs.",
}
_REASON = "It meets what the clause says under “use when”, and nothing under “avoid when” applies."
_REASON_ALLOWED = "It looks alike, and lacks what the clause asks for: nobody is offered anything."


def posts_ruled(stage: Stage) -> dict[str, Any]:
    """Pia settles three posts of one clause, Pavel approves two of the rulings; one is left for whoever looks.

    Raises
    ------
    DemoError
        When no approved ruling is found by likeness to another post.
    """
    pia, pavel = stage.api("pia"), stage.api("pavel")
    key = _clause(stage)
    made: list[str] = []
    for external_id in _candidates(stage, key):
        ruling = pia.call(
            "POST",
            f"/api/posts/{stage.produced('posts')['post_ids'][external_id]}/rulings/",
            _ruling(stage, key, external_id),
        )
        # None for a post by which people or models are measured: its ruling helps nobody else to an answer.
        made += [row["id"] for row in ruling["precedents"]]
        if len(made) == _RULED:
            break
    for precedent_id in made[:_APPROVED]:
        if pia.call("GET", f"/api/precedents/{precedent_id}/")["state"] == "proposed":
            pavel.call("POST", f"/api/precedents/{precedent_id}/approve/")
    return {
        "clause_key": key,
        "ruled": len(made),
        "approved": min(len(made), _APPROVED),
        **_found(stage, key),
    }


def _clause(stage: Stage) -> str:
    """The clause that most posts break, of those that mean the same after the revision: its rulings go on holding."""
    changed = {edit["key"] for edit in REVISION if edit["change"] == "semantic"}
    broken: dict[str, int] = {}
    for truth in truth_read(stage.material).posts.values():
        for key, right in truth["clauses"].items():
            if right["answer"] == "violates" and key not in changed:
                broken[key] = broken.get(key, 0) + 1
    if not broken:
        raise DemoError("No post of the material breaks a clause, so there is nothing to rule on.")
    return max(sorted(broken), key=lambda key: broken[key])


def _candidates(stage: Stage, key: str) -> Iterator[str]:
    """Posts that break the clause, by name, and then others: two rulings that it is broken, one that it is not."""
    posts = truth_read(stage.material).posts
    for answer in ("violates", "allowed"):
        yield from sorted(name for name, truth in posts.items() if truth["clauses"][key]["answer"] == answer)


def _ruling(stage: Stage, key: str, external_id: str) -> dict[str, Any]:
    right = truth_read(stage.material).posts[external_id]["clauses"][key]
    is_broken = right["answer"] == "violates"
    ruled = {
        "clause_key": key,
        "answer": right["answer"],
        "severity": right.get("severity") if is_broken else None,
        "reason": _REASONS.get(key, _REASON) if is_broken else _REASON_ALLOWED,
    }
    return {
        # The same post is ruled on once, however often the demo is begun.
        "id": str(uuid.uuid5(stage.project_id, f"{key}/{external_id}")),
        "release_id": stage.produced("policy")["release_id"],
        "rulings": [ruled],
    }


def _found(stage: Stage, key: str) -> dict[str, Any]:
    """Look for the rulings by the likeness of some other post that breaks the clause, as its page does."""
    ids = stage.produced("posts")["post_ids"]
    for external_id in reversed([*_candidates(stage, key)]):
        address = f"{stage.path}/precedents/alike/?clause_key={key}&post_id={ids[external_id]}"
        try:
            found = stage.api("pia").call("GET", address)["precedents"]
        except DemoError:  # a post that measures is like nothing
            continue
        if found:
            like = found[0]["likeness"]
            return {"found": len(found), "like": external_id, "by": like["by"] if like else "the clause"}
    raise DemoError("The approved rulings are not found by likeness to any other post.")
