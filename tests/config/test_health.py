"""What /healthz says when parts are down."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config import health
from config.env import PROJECT_ROOT
from config.health import PartHealth
from config.postgres import DURABLE_SETTINGS, durability_problem
from core.storage import StorageUnavailableError

_PARTS = {"database", "broker", "outbox", "cache", "workers", "beat", "storage"}


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
    assert found.json()["parts"]["storage"]["state"] == "up"


def test_late_beat_is_down(all_up: pytest.MonkeyPatch) -> None:
    all_up.setitem(health._PARTS, "beat", health.beat_health)
    all_up.setattr(health, "beat_round_age_s", lambda: 200.0)
    assert "Is beat running?" in Client().get("/healthz").json()["parts"]["beat"]["detail"]


@pytest.mark.parametrize(("age_s", "is_up"), [(None, True), (59.96, True), (60.04, False), (3600.0, False)])
def test_work_that_nobody_sends_on_is_down_after_a_minute(
    all_up: pytest.MonkeyPatch, age_s: float | None, is_up: bool
) -> None:
    all_up.setitem(health._PARTS, "outbox", health.outbox_health)
    all_up.setattr(health, "outbox_oldest_age_s", lambda: age_s)
    response = Client().get("/healthz")
    found = response.json()["parts"]["outbox"]
    assert (response.status_code, found["state"]) == ((200, "up") if is_up else (503, "down"))
    assert found["oldest_unsent_age_s"] == (None if age_s is None else round(age_s, 1))
    assert ("Is the relay running?" in found["detail"]) is not is_up


def test_the_page_names_every_part_and_the_limits() -> None:
    page = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", page.split("## Health")[1].split("## ")[0], re.MULTILINE)
    assert named == list(health._PARTS)
    assert f"more than {health._OUTBOX_LATE_S:.0f} seconds" in page
    assert f"for {health._BEAT_LATE_S:.0f} seconds" in page


def test_a_database_that_may_forget_is_down(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        found = health.part_health(health.database_health)
    assert not found.is_up
    assert "synchronous_commit off" in found.detail


@pytest.mark.parametrize(
    ("name", "value", "is_problem"),
    [
        ("synchronous_commit", "off", True),
        ("synchronous_commit", "local", False),
        ("synchronous_commit", "remote_apply", False),
        ("fsync", "off", True),
        ("full_page_writes", "off", True),
    ],
)
def test_each_setting_that_could_lose_an_answer_is_named(name: str, value: str, is_problem: bool) -> None:
    problem = durability_problem({**dict.fromkeys(DURABLE_SETTINGS, "on"), name: value})
    assert (problem is not None) is is_problem
    assert problem is None or f"{name} off" in problem


def test_health_takes_no_writes() -> None:
    assert Client().post("/healthz").status_code == 405
