"""Handing out a gold task, and taking its answer in, takes the same exchanges with the database as any other.

A clock cannot be compared in a test; what makes one answer slower than another can: how often the two processes
wait for each other, and how many statements run.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.db import prepared
from core.db.identifiers import uuid7
from core.queue.models import Task
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.world import Caller, World, world_make


class Rounds:
    """Counts exchanges with the database, and statements, of one request."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.joined = 0
        self.statements_joined = 0
        run = prepared._Exchange.run

        def counted(exchange: Any, statements: Any) -> Any:
            self.joined += 1
            self.statements_joined += len(statements)
            return run(exchange, statements)

        monkeypatch.setattr(prepared._Exchange, "run", counted)

    def of(self, caller: Caller, path: str, body: Any) -> tuple[tuple[int, int], dict[str, Any]]:
        """Post; return (exchanges, statements) and what came back."""
        self.joined = self.statements_joined = 0
        with CaptureQueriesContext(connection) as captured:
            response = caller.post(path, body)
        assert response.status_code == 200, response.content
        statements = len(captured)
        return (statements - self.statements_joined + self.joined, statements), response.json()


def answer(bundle: dict[str, Any]) -> dict[str, Any]:
    return {
        "lease_id": bundle["lease"]["id"],
        "id": str(uuid7()),
        "document": material.document(),
        "active_ms": 900,
    }


@pytest.mark.settles_later
@pytest.mark.parametrize("overlap", [1, 2])
@pytest.mark.parametrize("asks_more", [False, True])
def test_a_gold_task_takes_as_long_as_any_other(
    db: None, monkeypatch: pytest.MonkeyPatch, overlap: int, asks_more: bool
) -> None:
    gold_handed = 3
    told: dict[str, list[tuple[int, int]]] = {}
    for day, gold_at in (("gold", gold_handed), ("plain", None)):
        world: World = world_make()
        release = material.release_make(world)
        posts = [material.post_make(world) for _ in range(14)]
        material.tasks_make(world, release, posts[4:], overlap=overlap)
        for post in posts[:4]:
            gold_item(world, release, post=post)
        rules_set(world, gold_share=0.1, **({"answers_most": 3} if asks_more else {}))
        draws_fix(monkeypatch, *(0.01 if at == gold_at else 0.9 for at in range(8)))
        rounds, caller = Rounds(monkeypatch), Caller(world.person("annotator"))
        path = f"/api/projects/{world.project.pk}/label/exchange/"
        sent: dict[str, Any] | None = None
        told[day] = []
        for _ in range(7):
            cost, received = rounds.of(caller, path, {"answer": sent, "take": 1})
            told[day].append(cost)
            sent = answer(received["next"][0])
        assert Task.objects.filter(project=world.project, source="gold").count() == (day == "gold")
        monkeypatch.undo()
    # Not in the request that hands it out, not in the one that takes its answer in, nor in those after.
    assert told["gold"] == told["plain"]
    # What the first exchange of a day finds out is known from then on.
    assert len(set(told["plain"][1:])) == 1
