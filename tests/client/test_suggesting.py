from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from concord import Client, ConcordError
from concord.cli import app
from concord.credentials import Credentials, credentials_save
from typer.testing import CliRunner

from annotation.models import Suggestion
from tests.annotation import material
from tests.world import World

runner = CliRunner()


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "boxes.jsonl"
    path.write_text("\n\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_models_suggestions_are_sent_by_the_name_of_the_release(
    live_server: Any, token: str, world: World, tmp_path: Path
) -> None:
    credentials_save(Credentials(live_server.url, token))
    release, post = material.release_make(world), material.post_make(world)
    mark = {"kind": "box", "part": 1, "x": 1, "y": 2, "width": 30, "height": 40, "confidence": 0.9}
    line = {"external_id": post.external_id, "clause_key": "hate", "answer": "yes", "marks": [mark]}
    command = [
        "suggest",
        "market",
        str(written(tmp_path, line)),
        "--release",
        release.label,
        "--model",
        "faces",
    ]
    for told in ("1 read, 1 new.", "1 read, 0 new."):
        outcome = runner.invoke(app, command)
        assert outcome.exit_code == 0, outcome.output
        assert told in outcome.output
    assert Suggestion.objects.get().model == "faces"


def test_what_is_wrong_names_the_line_of_the_file(client: Client, world: World, tmp_path: Path) -> None:
    release, post = material.release_make(world), material.post_make(world)
    good = {"external_id": post.external_id, "clause_key": "hate", "answer": "yes"}
    file = written(tmp_path, good, {**good, "answer": "maybe"})
    with pytest.raises(ConcordError) as raised:
        client.suggest("market", file, release=str(release.id), model="faces")
    assert raised.value.code == "suggestions_invalid"
    assert "line 3.answer" in raised.value.message
    assert Suggestion.objects.count() == 0
    with pytest.raises(ConcordError) as raised:
        client.suggest("market", file, release="nothing@1", model="faces")
    assert raised.value.code == "not_found"
