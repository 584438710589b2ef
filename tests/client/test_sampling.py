from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from concord import Client, ConcordError
from concord.cli import app
from concord.credentials import Credentials, credentials_save
from pytest_django import Settings
from typer.testing import CliRunner

from core.jobs.models import Job
from preferences.models import Comparison, Prompt, Response
from tests.preferences.sampling import MODEL, model_at, replying
from tests.world import World

runner = CliRunner()


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> None:
    settings.BLOB_FOLDER = tmp_path / "blobs"


def test_a_model_is_asked_from_the_command_line_after_it_was_said_what_that_takes(
    live_server: Any,
    token: str,
    world: World,
    tmp_path: Path,
    settings: Settings,
    run_jobs: Callable[[], list[Job]],
) -> None:
    credentials_save(Credentials(live_server.url, token))
    file = tmp_path / "prompts.jsonl"
    file.write_text(
        "\n".join(json.dumps({"prompt": f"Why {number}?"}) for number in range(3)), encoding="utf-8"
    )
    with model_at(world, settings, replying(), price_in=1, price_out=2) as (stub, endpoint):
        command = ["sample", "market", endpoint.name, str(file), "--samples", "2", "--system", "Be brief."]
        told = runner.invoke(app, [*command, "--estimate"])
        assert told.exit_code == 0, told.output
        assert f"6 calls about 3 prompts by {MODEL}" in " ".join(told.output.split())
        assert (stub.heard, Prompt.objects.count()) == ([], 0)
        begun = runner.invoke(app, [*command, "--no-wait"])
        assert begun.exit_code == 0, begun.output
        [job] = run_jobs()
        assert job.state == "succeeded", job.error_detail
    assert (Response.objects.count(), Comparison.objects.count()) == (6, 3)
    assert {heard.system for heard in stub.heard} == {"Be brief."}


def test_an_endpoint_that_is_not_there_is_named(client: Client, world: World) -> None:
    with pytest.raises(ConcordError) as raised:
        client.sample("market", "nowhere", samples=2)
    assert "no endpoint 'nowhere'" in raised.value.message
