from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from redis import ConnectionError as CacheGoneError

from annotation import selectors
from annotation.selectors import kept_figures
from core.accounts.selectors import pseudonyms
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


@pytest.fixture
def everything_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_figures, "_WORTH_KEEPING_S", -1.0)


def answered(world: World, release: ReleaseView) -> None:
    material.tasks_make(world, release, [material.post_make(world)])
    for name in ("annotator", "annotator2"):
        material.answer(world, name, material.document("yes"))


def agreement(world: World, call_as: Call, **query: str) -> dict[str, Any]:
    return got(call_as, f"/api/projects/{world.project.pk}/agreement/?{urlencode(query)}")


def got(call_as: Call, path: str) -> dict[str, Any]:
    answer = call_as("reviewer").get(path)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def votes(told: dict[str, Any]) -> int:
    return int(told["clauses"][0]["votes"])


@pytest.mark.usefixtures("everything_takes_long")
def test_figures_that_take_long_are_kept_and_say_of_when_they_are(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    answered(world, release)
    first = agreement(world, call_as)
    assert (votes(first), first["is_current"]) == (2, True)
    answered(world, release)
    kept = agreement(world, call_as, current="false")
    assert (votes(kept), kept["is_current"], kept["measured_at"]) == (2, False, first["measured_at"])
    fresh = agreement(world, call_as)
    assert (votes(fresh), fresh["is_current"]) == (4, True)
    assert fresh["measured_at"] > first["measured_at"]
    assert agreement(world, call_as, current="false") == fresh


@pytest.mark.usefixtures("everything_takes_long")
def test_what_is_kept_is_not_measured_again_until_somebody_answers(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world, release)
    times: list[Any] = []
    measure = selectors.agreement_measured

    def counted(*args: Any, **more: Any) -> selectors.ProjectAgreement:
        times.append(args)
        return measure(*args, **more)

    monkeypatch.setattr(selectors, "agreement_measured", counted)
    first = agreement(world, call_as)
    assert agreement(world, call_as) == first and len(times) == 1
    # By language it is another question.
    assert agreement(world, call_as, by="language")["clauses"][0]["slices"] and len(times) == 2
    answered(world, release)
    agreement(world, call_as)
    assert len(times) == 3


def test_figures_that_take_no_time_are_always_measured(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "_WORTH_KEEPING_S", 1e9)
    answered(world, release)
    agreement(world, call_as)
    answered(world, release)
    told = agreement(world, call_as, current="false")
    assert (votes(told), told["is_current"]) == (4, True)


@pytest.mark.usefixtures("everything_takes_long")
def test_one_measuring_serves_the_list_of_annotators_and_each_of_them(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world, release)
    path = f"/api/projects/{world.project.pk}/annotators/"
    everybody = got(call_as, path)
    monkeypatch.setattr(selectors, "people_results", None)
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    one = got(call_as, f"{path}{name}/")
    assert (one["person"]["pseudonym"], one["answers"]) == (name, 2)
    assert one["measured_at"] == everybody["measured_at"]
    (listed,) = [row for row in everybody["annotators"] if row["person"] == one["person"]]
    assert listed == {key: one[key] for key in listed}


@pytest.mark.usefixtures("everything_takes_long")
def test_one_who_measures_and_never_ends_holds_nobody_up(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "_MEASURED_BY_ANOTHER_S", 0.05)
    monkeypatch.setattr(kept_figures, "_LOOK_AGAIN_S", 0.01)
    answered(world, release)
    mark = kept_figures._key("agreement", world.project.pk, [release]) + ":begun"
    cache.set(mark, "another", timeout=60)
    assert votes(agreement(world, call_as)) == 2
    # That one may still be measuring: who did not put its mark there does not take it away.
    assert cache.get(mark) == "another"


@pytest.mark.usefixtures("everything_takes_long")
def test_without_the_cache_everything_is_measured(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise CacheGoneError()

    answered(world, release)
    for name in ("get", "set", "add", "delete"):
        monkeypatch.setattr(cache, name, gone)
    assert votes(agreement(world, call_as, current="false")) == 2
