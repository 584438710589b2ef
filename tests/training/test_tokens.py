"""What a token needs to train and to take the weights, and that a broken download goes on."""

from __future__ import annotations

from typing import Any

import pytest

from core.accounts.models import AuditEvent
from core.accounts.services import token_create
from tests.training.endpoints import run_make, version_make
from tests.world import Caller, World

pytestmark = pytest.mark.django_db


def _as_token(world: World, *scopes: str) -> dict[str, str]:
    _, secret = token_create(world.actor("engineer"), name="trainer", scopes=list(scopes))
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("scope", ["models.run", "datasets.export", "results.view"])
def test_runs_are_read_with_any_of_three_scopes(world: World, scope: str) -> None:
    run, token = run_make(world), _as_token(world, scope)
    listed = Caller().get(f"/api/projects/{world.project.pk}/training-runs/", **token)
    assert [row["id"] for row in listed.json()["results"]] == [str(run.pk)]
    assert Caller().get(f"/api/training-runs/{run.pk}/", **token).status_code == 200
    file = Caller().get(f"/api/training-runs/{run.pk}/files/config.json", **token)
    assert file.status_code == (200 if scope == "datasets.export" else 403)


def test_a_token_that_trains_starts_a_run(world: World) -> None:
    body: dict[str, Any] = {
        "version_id": str(version_make(world).pk),
        "recipe": "reward",
        "base": "local:tiny",
    }
    path = f"/api/projects/{world.project.pk}/training-runs/"
    assert Caller().post(path, body, **_as_token(world, "models.run")).status_code == 202
    assert Caller().post(path, body, **_as_token(world, "datasets.export")).status_code == 403


def test_weights_are_sent_in_parts_and_noted(world: World) -> None:
    caller, path = (
        Caller(world.person("engineer")),
        f"/api/training-runs/{run_make(world).pk}/files/config.json",
    )
    part = caller.get(path, Range="bytes=1-")
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 1-1/2")
    assert b"".join(part.streaming_content) == b"}"
    beyond = caller.get(path, Range="bytes=2-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert AuditEvent.objects.filter(action="training.download").count() == 1
