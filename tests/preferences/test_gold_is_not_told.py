"""Nothing that a person who judges receives tells a known pair, or one asked again, from any other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core.accounts.models import Membership
from core.db.identifiers import uuid7
from core.queue.models import Task
from core.queue.services import quality_rules_set
from preferences.services import gold_pair_make
from tests.annotation.gold_material import draws_fix
from tests.annotation.test_gold_is_not_told import Day, _look_at_everything
from tests.preferences import material
from tests.world import Caller, World, world_make

_WHICH = re.compile(r"(Question|Answer) \d( of (one|two))?")

_POLICY = re.compile(r"replies-[0-9a-f]{6}")


def prepared() -> World:
    world = world_make()
    for number, member in enumerate(Membership.objects.filter(project=world.project).order_by("pk")):
        member.pseudonym = f"quiet otter {number}"
        member.save()
    material.release_make(world)
    pairs = material.comparisons_make(world, 10)
    for pair in pairs[7:]:
        gold_pair_make(world.actor("reviewer"), pair.pk, answers={"helpful": ["a"]})
    material.tasks_make(world, overlap=2)
    rules = {"gold_share": 0.1, "again_share": 0.1, "again_after": 1, "pause_below": 0.7}
    quality_rules_set(world.actor("manager"), world.project.pk, values=rules)
    return world


def live(day: Day) -> None:
    """Judge two pairs; a third is looked at from all sides, judged, corrected."""
    caller = Caller(day.world.person("annotator"))
    project = f"/api/projects/{day.world.project.pk}"
    for last in (False, False, True):
        taken = day.note("take", caller.post(f"{project}/queue/next/", {"kind": "compare", "holding": []}))
        lease = f"/api/leases/{taken['lease']['id']}"
        shown = day.note("open", caller.get(f"{lease}/comparison/"))
        known = {
            "project_id": str(day.world.project.pk),
            "lease_id": taken["lease"]["id"],
            "release_id": shown["release"]["id"],
        }
        if last:
            _look_at_everything(day, caller, known, "held")
            draft = {"document": {"axes": []}, "version": 0}
            day.note("draft", caller.put(f"{lease}/draft/", draft))
            day.note("renew", caller.post(f"{lease}/renew/", {}))
            day.note("note", caller.post(f"{lease}/notes/", {"kind": "comment", "text": "Hard to say."}))
        sent = {"id": str(uuid7()), "document": material.document(), "active_ms": 900}
        day.note("judge", caller.post(f"{lease}/judgment/", sent))
    day.note("again", caller.post(f"{lease}/judgment/", sent))
    corrected = sent | {"id": str(uuid7()), "supersedes_id": sent["id"]}
    day.note("correct", caller.post(f"{lease}/judgment/", corrected))
    _look_at_everything(day, caller, known, "corrected")
    day.note("next", caller.post(f"{project}/queue/next/", {"kind": "compare", "holding": []}))


@pytest.mark.parametrize(("source", "draw"), [("gold", 0.01), ("again", 0.15)])
def test_a_day_with_measuring_is_received_as_a_day_without(
    db: None, monkeypatch: pytest.MonkeyPatch, source: str, draw: float
) -> None:
    days = []
    for third in (draw, 0.9):
        day = Day(prepared())
        draws_fix(monkeypatch, 0.9, 0.9, third, 0.9)
        live(day)
        days.append(day)
    measured, plain = days
    assert Task.objects.filter(project=measured.world.project, source=source).count() == 1
    assert not Task.objects.filter(project=plain.world.project, source__in=["gold", "again"]).exists()
    for (call, received), (also, other) in zip(measured.received, plain.received, strict=True):
        assert call == also
        assert nameless(received) == nameless(other), call


def nameless(received: Any) -> str:
    """As text, with what is asked and which answer stands where by the form of it: both are chance."""
    return _POLICY.sub("replies-#", _WHICH.sub(r"\1 #", str(received)))
