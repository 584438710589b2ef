from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from concord import Client, ConcordError
from concord.choosing_records import Round, Scan, Share
from concord.cli import app
from concord.credentials import Credentials, credentials_save
from typer.testing import CliRunner

from active_learning import models
from core.accounts.services import token_create
from core.jobs.models import Job
from tests.active_learning import material
from tests.world import World

runner = CliRunner()
RunJobs = Callable[[], list[Job]]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encode by words instead of by the bundled networks."""
    for name in ("rounds", "scans", "suggesting"):
        monkeypatch.setattr(f"active_learning.runs.{name}.encoder_loaded", material.words_encoder)


@pytest.fixture
def said(live_server: Any, token: str) -> Callable[..., str]:
    """What a command of a person who signed in prints."""
    credentials_save(Credentials(live_server.url, token))

    def run(*words: str) -> str:
        outcome = runner.invoke(app, list(words))
        assert outcome.exit_code == 0, (outcome.output, outcome.exception)
        return outcome.output

    return run


@pytest.mark.usefixtures("words")
def test_a_round_is_started_followed_and_its_figures_shown(
    client: Client, world: World, run_jobs: RunJobs, said: Callable[..., str]
) -> None:
    release, _ = material.decided_world(world)
    started = client.choosing.round_start("market", release=release.label, clause="spam", budget=8, seed=5)
    assert (started.state, started.clause_key, started.budget) == ("queued", "spam", 8)
    seen: list[str] = []

    def moved(now: Round) -> None:
        seen.append(now.state)
        run_jobs() if not now.is_over else None

    found = client.choosing.round_wait(started.id, timeout_s=30, on_change=moved)
    assert seen == ["queued", "succeeded"]
    assert (found.picked, found.model_number) == (8, 1)
    assert {point.strategy for point in found.curve} == {"margin", "random"}
    assert all(point.macro_f1 is not None for point in found.curve)
    assert found.held_out["accuracy"] > 0.9
    picks = list(client.choosing.picks(found.id))
    assert [pick.rank for pick in picks] == sorted(pick.rank for pick in picks)
    assert len(picks) == 8
    assert all(pick.reason for pick in picks)
    shown = said("round", "show", found.id)
    assert "8 of 8 posts picked, model 1" in shown
    assert "accuracy: " in shown
    last = [point for point in found.curve if point.strategy == "margin"][-1]
    assert f"{last.macro_f1:.3f}" in shown
    assert picks[0].external_id in said("round", "picks", found.id)
    assert found.id in said("rounds", "market")


@pytest.mark.usefixtures("words")
def test_a_scan_is_started_followed_and_its_precision_shown(
    client: Client, world: World, run_jobs: RunJobs, said: Callable[..., str]
) -> None:
    release, _ = material.decided_world(world, decided=90, open_posts=0, wrong=(3, 10, 21, 32, 40))
    printed = said("scan", "start", "market", "--release", release.label, "--clause", "spam", "--no-wait")
    scan_id = printed.split()[1].rstrip(":")

    def moved(now: Scan) -> None:
        run_jobs() if not now.is_over else None

    found = client.choosing.scan_wait(scan_id, timeout_s=60, on_change=moved)
    suspects = list(client.choosing.suspects(scan_id))
    assert found.suspects_count == len(suspects) > 1
    assert found.precision == Share()
    for suspect, outcome in zip(suspects, ("confirmed", "dismissed"), strict=False):
        models.Suspect.objects.filter(pk=suspect.id).update(outcome=outcome)
    reviewed = client.choosing.scan(scan_id)
    assert reviewed.pending_count == len(suspects) - 2
    pending = list(client.choosing.suspects(scan_id, outcome="pending"))
    assert {row.id for row in pending} == {row.id for row in suspects[2:]}
    shown = said("scan", "show", scan_id)
    assert f"wrong {reviewed.precision} reviewed" in shown
    assert reviewed.advice in shown.replace("\n", " ")
    assert suspects[0].external_id in said("scan", "suspects", scan_id)
    assert scan_id in said("scans", "market")


def test_lists_go_on_over_pages(client: Client, world: World) -> None:
    made = [material.scan_row(world) for _ in range(3)]
    path = f"/api/projects/{world.project.pk}/scans/"
    assert len(list(client.transport.pages(path, params={"page_size": 2}))) == 3
    assert {scan.id for scan in client.choosing.scans("market")} == {str(row.pk) for row in made}


def test_a_round_that_failed_says_why(client: Client, world: World) -> None:
    release, _ = material.decided_world(world, decided=2, open_posts=1)
    started = client.choosing.round_start("market", release=release.label, clause="spam", budget=1)
    assert started.job is not None
    Job.objects.filter(pk=started.job.id).update(
        state="failed", error_code="too_few", error_detail="Too few."
    )
    with pytest.raises(ConcordError, match="Too few") as caught:
        client.choosing.round_wait(started.id, timeout_s=5)
    assert (caught.value.code, caught.value.fields) == ("too_few", {"round": started.id})


def test_a_token_without_the_tick_is_refused(live_server: Any, world: World) -> None:
    release, _ = material.decided_world(world, decided=2, open_posts=1)
    _, secret = token_create(world.actor("engineer"), name="reads", scopes=["results.view", "project.view"])
    with Client(live_server.url, secret) as reading, pytest.raises(ConcordError) as caught:
        reading.choosing.round_start("market", release=str(release.id), clause="spam", budget=1)
    assert caught.value.status == 403


def test_a_release_that_is_not_there_is_said(client: Client, world: World) -> None:
    with pytest.raises(ConcordError, match="no release 'safety@99'"):
        client.choosing.scan_start("market", release="safety@99")
