"""Comparisons with judgments for the pages that show results."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

from core.storage import blob_store
from preferences.models import Comparison, JudgeRun, Slate
from preferences.selectors.bundles import comparison_of
from preferences.services import judge_import_start, judging_measure_start
from tests.e2e.material import work_off
from tests.preferences import material
from tests.preferences.slates import rank, slates_make
from tests.preferences.trees import tree_bring_in
from tests.world import World

_MODELS = ("harbour-7b", "quay-2", "lantern-13b", "buoy-small")
_SKILL = {"harbour-7b": 1.2, "quay-2": 0.5, "lantern-13b": 0.2, "buoy-small": -1.2}
_QUESTIONS = (
    "How do I report somebody who pretends to be me?",
    "Write a reply to a buyer who was rude, **politely**.",
    "Is this message a scam? “Your parcel waits, pay 1.99 now.”",
)


def _reply(model: str, number: int) -> str:
    return (
        f"You can do this in {number % 3 + 2} steps:\n\n1. Open the profile.\n2. Choose *Report*.\n\n"
        f"`answer {number} of {_MODELS.index(model) + 1}`"
    )


def comparisons_bring_in(world: World) -> dict[str, str]:
    """Import pairs of four models, and let two people judge them by the models' skill; names one that is judged."""
    drawn = random.Random(7)
    material.release_once(world)
    lines: list[dict[str, Any]] = []
    for number, (one, other) in enumerate(list(combinations(_MODELS, 2)) * 4):
        lines.append(
            {
                "external_id": f"pair-{number:02d}",
                "prompt": _QUESTIONS[number % 3],
                "language": "en",
                "responses": [{"text": _reply(model, number), "model": model} for model in (one, other)],
            }
        )
    assert material.import_run(world, lines).state == "succeeded"
    material.tasks_make(world, overlap=2)
    for number in range(2 * len(lines) - 6):
        _judge(world, ("annotator", "annotator2")[number % 2], drawn)
    comparison = Comparison.objects.get(project=world.project, external_id="pair-00")
    return {"comparison": str(comparison.pk)}


def conversation_bring_in(world: World) -> dict[str, str]:
    """Import a tree of messages, of which two turns are judged and one needs responses."""
    material.release_once(world)
    root = tree_bring_in(world)
    material.tasks_make(world)
    for _ in range(2):
        material.judge(world, "annotator")
    return {"conversation": str(root.pk)}


def _judge(world: World, person: str, drawn: random.Random) -> None:
    lease = material.lease_make(world, person)
    swapped = drawn.random() < 0.5
    material.sides_fix(lease, swapped=swapped)
    comparison = comparison_of(lease.task)
    lead = _SKILL[comparison.response_b.source_model] - _SKILL[comparison.response_a.source_model]
    value = max(-3, min(3, round(lead + drawn.gauss(0, 1))))
    shown = -value if swapped else value
    refused = {"position": "first", "acceptable": False, "severity": 1, "clause_keys": ["weapons"]}
    fine = {"position": "second", "acceptable": True}
    answer = {
        "axes": [
            material.axis("helpful", shown),
            material.axis("harmless", choice="both_good" if drawn.random() < 0.7 else "both_unacceptable"),
        ],
        "responses": [fine, refused]
        if drawn.random() < 0.2
        else [fine, {"position": "first", "acceptable": True}],
        "reason": "It says where to click." if drawn.random() < 0.3 else "",
    }
    material.submit(world.actor(person), lease, answer)


def judging_bring_in(world: World) -> dict[str, str]:
    """Judged pairs of four models, and how people judge as a worker measured it."""
    named = comparisons_bring_in(world)
    judging_measure_start(world.actor("manager"), world.project.pk, release_id=None, clause_key=None)
    work_off()
    return named


def apart_bring_in(world: World) -> dict[str, str]:
    """Judged pairs of models that no chain of comparisons connects."""
    material.release_once(world)
    for number, pair in enumerate((("harbour-7b", "quay-2"), ("lantern-13b", "buoy-small"))):
        responses = [{"text": f"Reply {number} of {model}.", "model": model} for model in pair]
        material.comparisons_make(world, 3, responses=responses)
    material.tasks_make(world)
    for value in (-2, -1, 1, -3, -2, -2):
        material.judge(world, "annotator", answer=material.document(value))
    return {}


def judge_brought_in(world: World) -> dict[str, str]:
    """The same pairs with the answers of a judge from elsewhere."""
    comparisons_bring_in(world)
    lines = [
        {
            "judge": "lighthouse",
            "version": "v1",
            "external_id": f"pair-{number:02d}",
            "answer": "ab"[number % 2],
            "shown_first": side,
        }
        for number in range(20)
        for side in "ab"
    ]
    with blob_store().writer() as writer:
        writer.write(material.jsonl(lines))
        judge_import_start(world.actor("engineer"), world.project.pk, upload=writer)
    work_off()
    return {"run": str(JudgeRun.objects.get(project=world.project).pk)}


def slates_bring_in(world: World) -> dict[str, str]:
    """Slates of which one was ranked by two people who differ; names that one."""
    slates_make(world, count=2)
    rank(world, "annotator", 1, 2, 3, None)
    rank(world, "annotator2", 2, 1, 3, None, order=(3, 2, 1, 0))
    return {"slate": str(Slate.objects.order_by("pk")[0].pk)}
