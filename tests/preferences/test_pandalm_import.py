"""A human-judged set that nobody here wrote goes through the import whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from preferences.models import Comparison, Prompt
from tests.preferences.material import import_run
from tests.world import World

_FILE = Path(__file__).parents[2].parent / "shared/data/pandalm-testset/raw/testset-v1.json"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not _FILE.is_file(), reason="the shared data folder is not beside this checkout"),
]


def as_line(row: dict[str, Any]) -> dict[str, Any]:
    """One of their rows as a line of ours; a few of their texts were read as JSON true."""
    models = row["cmp_key"].split("_")
    prompt = f"{row['instruction']}\n\n{row['input']}" if row["input"] else row["instruction"]
    texts = [str(row["response1"]), str(row["response2"])]
    return {
        "external_id": f"pandalm-{row['idx']}",
        "prompt": prompt,
        "responses": [{"text": text, "model": model} for text, model in zip(texts, models, strict=True)],
        "metadata": {
            name: row[name] for name in ("annotator1", "annotator2", "annotator3", "motivation_app")
        },
    }


def test_every_pair_is_imported_once_with_its_models(world: World) -> None:
    lines = [as_line(row) for row in json.loads(_FILE.read_text(encoding="utf-8"))]
    job = import_run(world, lines)
    assert (job.state, job.result) == ("succeeded", {"lines": 999, "created": 999, "already_there": 0}), (
        job.error_detail
    )
    models = set(Comparison.objects.values_list("response_a__source_model", "response_b__source_model"))
    assert len(models) == 10
    assert Prompt.objects.count() < 999
    assert import_run(world, lines).result == {"lines": 999, "created": 0, "already_there": 999}
