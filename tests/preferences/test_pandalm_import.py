"""A human-judged set that nobody here wrote goes through the import whole."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from core.accounts.models import User
from core.accounts.selectors import pseudonyms
from preferences.models import Comparison, Prompt
from preferences.services.decisions import decisions_recompute
from tests.preferences.judged_rows import Said, annotators_make, judgments_store
from tests.preferences.material import import_run, release_make
from tests.world import World

_FILE = Path(__file__).parents[2].parent / "shared/data/pandalm-testset/raw/testset-v1.json"
_JUDGES = (("gpt-3.5-turbo-testset-v1.json", "gpt_result"), ("pandalm-7b-testset-v1.json", "pandalm_result"))

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
    imported = Comparison.objects.filter(project=world.project)
    models = set(imported.values_list("response_a__source_model", "response_b__source_model"))
    assert len(models) == 10
    assert Prompt.objects.count() < 999
    assert import_run(world, lines).result == {"lines": 999, "created": 0, "already_there": 999}


def _said(person: User, comparison: Comparison, answer: int | str) -> Said:
    """Their 1 is the first response, 2 the second; all else is a tie, what nobody could read of a model's included."""
    return Said(person, comparison, False, {"1": -1, "2": 1}.get(str(answer), 0))


@pytest.mark.computes
def test_every_published_figure_is_read_from_the_api(world: World, call_as: Any, run_jobs: Any) -> None:
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    release = release_make(world)
    assert import_run(world, [as_line(row) for row in rows]).state == "succeeded"
    comparison = {
        int(each.external_id.removeprefix("pandalm-")): each
        for each in Comparison.objects.filter(project=world.project)
    }
    people = annotators_make(world, 3)
    judges = annotators_make(world, len(_JUDGES), is_simulated=True)
    said = [
        _said(person, comparison[int(row["idx"])], row[f"annotator{number}"])
        for number, person in enumerate(people, start=1)
        for row in rows
    ]
    for judge, (file, name) in zip(judges, _JUDGES, strict=True):
        told = json.loads((_FILE.parent / file).read_text(encoding="utf-8"))
        said += [_said(judge, comparison[int(row["idx"])], row[name]) for row in told]
    judgments_store(world, release, said)
    for each in comparison.values():
        decisions_recompute(each.pk, release=release, clause_keys=["helpful"])

    base = f"/api/projects/{world.project.pk}"
    assert call_as("manager").post(f"{base}/judging/measure/").status_code == 202
    run_jobs()
    found = call_as("manager").get(f"{base}/judging/").json()["found"]
    outcomes: Counter[str] = Counter()
    for each in found["outcomes"]:
        outcomes[each["outcome"]] += each["count"]
    assert outcomes == {"tie": 105, "a": 422, "b": 472}
    known = pseudonyms(world.project.pk)
    kappas = {frozenset((each["one"], each["other"])): round(each["kappa"], 3) for each in found["together"]}
    first, second, third = (known[person.pk].pseudonym for person in people)
    assert [kappas[frozenset(pair)] for pair in ((first, second), (first, third), (second, third))] == [
        0.852,
        0.879,
        0.862,
    ]
    models = [each for each in found["people"] if each["is_simulated"]]
    assert sorted(round(each["others"]["share"] * 100, 2) for each in models) == [66.77, 71.07]
    board = call_as("manager").get(f"{base}/ratings/").json()["result"]
    order = [rating["name"].partition("-")[0] for rating in board["ratings"]]
    assert order[0] == "llama"
    assert set(order[1:3]) == {"bloom", "pythia"}
    assert order[3:] == ["opt", "cerebras"]
