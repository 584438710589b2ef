"""The main job from end to end, as steps that are done once, each noted in the ledger when it is done."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from concord import ConcordError

from config.demo.api import DemoError
from config.demo.stage import Stage
from config.demo.steps import (
    change,
    content,
    datasets,
    keeping,
    labelling,
    learning,
    policy,
    results,
    rulings,
)

_LABELLED_FIRST = 0.65


@dataclass(frozen=True)
class Step:
    """One step: its name in the ledger, what people read, and what it does."""

    name: str
    title: str
    run: Callable[[Stage], dict[str, Any]]


def steps_run(stage: Stage, steps: list[Step]) -> None:
    """Run the steps that the ledger does not have yet, in order.

    Raises
    ------
    DemoError
        Naming the step that failed and why; the steps before it stay done.
    """
    for number, step in enumerate(steps, start=1):
        if step.name in stage.ledger.steps:
            stage.say(f"[{number}/{len(steps)}] {step.title}: done before")
            continue
        stage.say(f"[{number}/{len(steps)}] {step.title}")
        started = time.monotonic()
        try:
            produced = step.run(stage)
        except (DemoError, ConcordError, httpx.HTTPError, OSError) as problem:
            raise DemoError(f"Step {number} of {len(steps)} failed ({step.title}). {problem}") from problem
        stage.ledger.finish(step.name, {**produced, "seconds": round(time.monotonic() - started, 1)})


def demo_steps() -> list[Step]:
    """Return the whole job, in order."""
    return [
        Step("policy", "A policy is written, reviewed and released", policy.release_first),
        Step("posts", "Posts are imported", content.import_posts),
        Step("comparisons", "Comparisons are imported", content.import_comparisons),
        Step("labels", "Simulated annotators label posts, three answers each", _label_first),
        Step("judgments", "Simulated annotators judge pairs, three answers each", _judge_all),
        Step("results", "Agreement, decisions, an adjudication", results.agreement_read),
        Step(
            "rulings",
            "Policy experts settle posts; two rulings are shown beside posts alike",
            rulings.posts_ruled,
        ),
        Step("round", "An active-learning round chooses what to label next", learning.round_run),
        Step("scan", "A label-noise scan looks for wrong answers", learning.scan_run),
        Step("change", "A rule changes its meaning, another its wording", change.rule_change),
        Step("campaign", "Only what became stale is asked again", change.campaign_run),
        Step("versions", "Dataset versions are built", datasets.versions_build),
        Step("loading", "The versions are pulled, loaded and trained on for a step", datasets.versions_load),
        Step("kept", "Every acknowledged answer is looked for", keeping.acknowledged_check),
    ]


def _label_first(stage: Stage) -> dict[str, Any]:
    external_ids = sorted(stage.produced("posts")["post_ids"], key=_shuffled)
    chosen = external_ids[: round(len(external_ids) * _LABELLED_FIRST)]
    asked = labelling.ask_labels(stage, external_ids=chosen, overlap=3)
    return {"tasks": asked, "answers": labelling.label_all(stage)}


def _shuffled(external_id: str) -> str:
    """Order posts as if drawn, always alike: by name, those of one source would come first and be labelled alone."""
    return hashlib.sha256(external_id.encode()).hexdigest()


def _judge_all(stage: Stage) -> dict[str, Any]:
    asked = labelling.ask_judgments(stage, overlap=3)
    return {"tasks": asked, "answers": labelling.judge_all(stage)}
