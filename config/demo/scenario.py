"""The main job from end to end, as steps that are done once, each noted in the ledger when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
)

_SEEDED_SHARE = 0.5
_LABELLED_FIRST = 0.65


@dataclass(frozen=True)
class Step:
    """One step: its name in the ledger, what people read, and what it does."""

    name: str
    title: str
    run: Callable[[Stage], dict[str, Any]]


def steps_run(stage: Stage, steps: list[Step]) -> None:
    """Run the steps that the ledger does not have yet, in order."""
    for number, step in enumerate(steps, start=1):
        if step.name in stage.ledger.steps:
            stage.say(f"[{number}/{len(steps)}] {step.title}: done before")
            continue
        stage.say(f"[{number}/{len(steps)}] {step.title}")
        stage.ledger.finish(step.name, step.run(stage))


def demo_steps() -> list[Step]:
    """Return the whole job, in order."""
    return [
        Step("policy", "A policy is written, reviewed and released", policy.release_first),
        Step("posts", "Posts are imported", content.import_posts),
        Step("comparisons", "Comparisons are imported", content.import_comparisons),
        Step("labels", "Simulated annotators label posts, three answers each", _label_first),
        Step("judgments", "Simulated annotators judge pairs, three answers each", _judge_all),
        Step("results", "Agreement, decisions, an adjudication", results.agreement_read),
        Step("round", "An active-learning round chooses what to label next", learning.round_run),
        Step("scan", "A label-noise scan looks for wrong answers", learning.scan_run),
        Step("change", "A rule changes its meaning, another its wording", change.rule_change),
        Step("campaign", "Only what became stale is asked again", change.campaign_run),
        Step("versions", "Dataset versions are built", datasets.versions_build),
        Step("loading", "The versions are pulled, loaded and trained on for a step", datasets.versions_load),
        Step("kept", "Every acknowledged answer is looked for", keeping.acknowledged_check),
    ]


def _label_first(stage: Stage) -> dict[str, Any]:
    external_ids = sorted(stage.produced("posts")["post_ids"])
    chosen = external_ids[: round(len(external_ids) * _LABELLED_FIRST)]
    asked = labelling.ask_labels(stage, external_ids=chosen, overlap=3)
    return {"tasks": asked, "answers": labelling.label_all(stage)}


def _judge_all(stage: Stage) -> dict[str, Any]:
    asked = labelling.ask_judgments(stage, overlap=3)
    return {"tasks": asked, "answers": labelling.judge_all(stage)}


def seed_steps() -> list[Step]:
    """Return the short form that fills a new home: enough work done to see results, enough left to do."""
    return [
        Step("policy", "A policy is written, reviewed and released", policy.release_first),
        Step("posts", "Posts are imported", content.import_posts),
        Step("comparisons", "Comparisons are imported", content.import_comparisons),
        Step("labels", "Simulated annotators answer some of them", _label_some),
        Step("judgments", "Simulated annotators judge some pairs", _judge_some),
    ]


def _label_some(stage: Stage) -> dict[str, Any]:
    external_ids = sorted(stage.produced("posts")["post_ids"])
    asked = labelling.ask_labels(stage, external_ids=external_ids, overlap=3)
    return {
        "tasks": asked,
        "answers": labelling.label_all(stage, each=round(len(external_ids) * _SEEDED_SHARE)),
    }


def _judge_some(stage: Stage) -> dict[str, Any]:
    asked = labelling.ask_judgments(stage, overlap=3)
    return {"tasks": asked, "answers": labelling.judge_all(stage, each=max(1, asked // 2))}
