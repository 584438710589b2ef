"""What /healthz says when parts are down."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from config import health
from config.health import PartHealth
from core.storage import StorageUnavailableError

_PARTS = {"database", "broker", "cache", "workers", "beat", "storage"}


def down(problem: Exception) -> Any:
    def ask() -> PartHealth:
        raise problem

    return ask


@pytest.fixture
def all_up(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every part answers; a test takes one away."""
    for name in list(health._PARTS):
        monkeypatch.setitem(health._PARTS, name, lambda: PartHealth(True, "answers"))
    return monkeypatch


def test_with_every_part_up_it_answers_200(all_up: pytest.MonkeyPatch) -> None:
    response = Client().get("/healthz")
    assert response.status_code == 200
    assert response.json()["state"] == "up"
    assert set(response.json()["parts"]) == _PARTS


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("database", OperationalError("connection refused")),
        ("broker", ConnectionRefusedError()),
        ("storage", StorageUnavailableError()),
    ],
)
def test_a_part_that_is_down_makes_it_503_and_is_named(
    all_up: pytest.MonkeyPatch, part: str, problem: Exception
) -> None:
    all_up.setitem(health._PARTS, part, down(problem))
    response = Client().get("/healthz")
    assert response.status_code == 503
    found = response.json()
    assert found["state"] == "down"
    assert [name for name, one in found["parts"].items() if one["state"] == "down"] == [part]
    assert "Does not answer" in found["parts"][part]["detail"]
    assert "refused" not in response.content.decode(), "an exception's text may hold an address or a password"


@pytest.mark.django_db
def test_without_workers_it_says_which_queue_nobody_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "workers_seen", lambda: {"cpu": 2, "gpu": 0})
    found = Client().get("/healthz")
    assert found.status_code == 503
    assert found.json()["parts"]["workers"]["detail"] == "No worker serves gpu (cpu: 2, gpu: 0)."
    assert found.json()["parts"]["database"]["state"] == "up"


def test_late_beat_is_down(all_up: pytest.MonkeyPatch) -> None:
    all_up.setitem(health._PARTS, "beat", health.beat_health)
    all_up.setattr(health, "beat_round_age_s", lambda: 200.0)
    assert "Is beat running?" in Client().get("/healthz").json()["parts"]["beat"]["detail"]


def test_a_database_that_may_forget_is_down(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        assert not health.part_health(health.database_health).is_up


def test_health_takes_no_writes() -> None:
    assert Client().post("/healthz").status_code == 405
