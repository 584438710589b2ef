"""What a version offers to train, and what each clause counts in GRPO."""

from __future__ import annotations

from typing import Any

import pytest

from tests.training.endpoints import version_make
from tests.world import Caller, World
from training.models import TrainingRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineer(world: World) -> Caller:
    return Caller(world.person("engineer"))


def start(engineer: Caller, world: World, **weights: float) -> Any:
    body = {
        "version_id": str(version_make(world, "grpo").pk),
        "recipe": "grpo",
        "base": "local:tiny",
        "settings": {"clause_weights": weights} if weights else {},
    }
    return engineer.post(f"/api/projects/{world.project.pk}/training-runs/", body)


def test_a_version_offers_what_its_rows_fit_and_says_why_not_the_rest(world: World, engineer: Caller) -> None:
    version = version_make(world, "grpo")
    told = engineer.get(f"/api/versions/{version.pk}/training-recipes/").json()
    offers = {row["name"]: row for row in told["results"]}
    assert (offers["grpo"]["refusal"], offers["grpo"]["rows"]) == (None, 2)
    for name, kind in (("reward", "rm"), ("dpo", "dpo")):
        assert offers[name]["rows"] == 0
        assert f"holds no {kind} rows" in offers[name]["refusal"]
    assert [(row["key"], row["worst"], row["weight"]) for row in told["clauses"]] == [
        ("hate", 3, 1.0),
        ("spam", None, 1.0),
    ]


def test_weights_are_the_releases_with_what_was_asked_and_kept_with_the_run(
    world: World, engineer: Caller
) -> None:
    assert start(engineer, world).json()["settings"]["clause_weights"] == {"hate": 1.0, "spam": 1.0}
    assert start(engineer, world, spam=0.25).json()["settings"]["clause_weights"] == {
        "hate": 1.0,
        "spam": 0.25,
    }


@pytest.mark.parametrize(
    ("weights", "code", "sentence"),
    [
        ({"arson": 2.0}, "invalid_fields", "there are: hate, spam"),
        ({"hate": 1001.0}, "invalid_fields", "1000"),
    ],
)
def test_a_weight_that_means_nothing_is_refused(
    world: World, engineer: Caller, weights: dict[str, float], code: str, sentence: str
) -> None:
    refused = start(engineer, world, **weights)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    (wrong,) = refused.json()["errors"]
    assert wrong["path"] == f"settings.clause_weights.{next(iter(weights))}"
    assert sentence in wrong["message"]
    assert not TrainingRun.objects.exists()
