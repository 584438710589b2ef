"""What a token needs to get at a dataset."""

from __future__ import annotations

from typing import Any

import pytest

from core.accounts.services import token_create
from tests.exports.answers import Answers
from tests.exports.datasets import Exporter
from tests.world import Caller


def _as_token(answers: Answers, *scopes: str) -> Any:
    _, secret = token_create(answers.world.actor("engineer"), name="trainer", scopes=list(scopes))
    return lambda path: Caller().get(path, Authorization=f"Bearer {secret}")


@pytest.fixture
def version(answers: Answers, exporter: Exporter) -> dict[str, Any]:
    """A built version of one labelled post."""
    answers.label({"hate": "yes", "spam": "no"}, {"hate": "yes", "spam": "no"})
    return exporter.build(exporter.create())


def test_building_and_downloading_is_all_that_a_download_needs(
    answers: Answers, version: dict[str, Any]
) -> None:
    get, project = _as_token(answers, "datasets.export"), answers.world.project.pk
    assert [row["id"] for row in get("/api/projects/").json()["results"]] == [str(project)]
    (dataset,) = get(f"/api/projects/{project}/datasets/").json()["results"]
    assert get(f"/api/datasets/{dataset['id']}/versions/").json()["results"][0]["id"] == version["id"]
    assert get(f"/api/versions/{version['id']}/").status_code == 200
    assert get(f"/api/versions/{version['id']}/files/README.md").status_code == 200
    assert get(f"/api/projects/{project}/agreement/").status_code == 403, "no more than that"


def test_a_token_that_may_too_little_is_told_so_in_the_words_of_the_tick_boxes(
    answers: Answers, version: dict[str, Any]
) -> None:
    refused = _as_token(answers, "jobs.view")(f"/api/versions/{version['id']}/")
    assert refused.status_code == 403
    assert refused.json()["code"] == "token_scope_missing"
    assert "This token may not “see results”" in refused.json()["detail"]
