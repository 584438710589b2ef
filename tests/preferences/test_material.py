"""Media of prompts and responses: imported by name, shown to who judges, looked after as posts are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.content.models import Asset, Post
from core.content.selectors import posts_in
from core.content.services import post_hide
from core.jobs.models import Job
from core.queue.models import Reveal, Slot, Task
from preferences.domain.forms import Form
from preferences.models import Comparison, Prompt, Response, Slate
from tests.core.content import samples
from tests.preferences import material
from tests.preferences.material import import_run, lease_make
from tests.world import Caller, World

As = Callable[[str], Caller]
Run = Callable[[], list[Job]]
NAMES = ("by-secret-one.png", "by-secret-two.png", "asked-about.png")


@pytest.fixture
def uploaded(world: World, call_as: As, run_jobs: Run) -> dict[str, Asset]:
    """Three pictures by the names they were uploaded under, their renditions made."""
    for place, name in enumerate(NAMES):
        data = samples.picture(120 + 10 * place, 80)
        answer = call_as("engineer").post(
            f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(data, name)}
        )
        assert answer.status_code in {200, 201}, answer.content
    run_jobs()
    links = Asset.objects.filter(project_links__name__in=NAMES)
    return {
        str(name): asset for asset in links for name in asset.project_links.values_list("name", flat=True)
    }


def shows(name: str) -> list[dict[str, Any]]:
    return [{"kind": "image", "asset": name}]


def line(**changes: Any) -> dict[str, Any]:
    """A question with a picture, answered by two pictures."""
    return {
        "external_id": "pair-of-pictures",
        "prompt": [{"role": "user", "content": "Draw it as a poster.", "media": shows(NAMES[2])}],
        "responses": [
            {"model": "secret-model-one", "media": shows(NAMES[0])},
            {"model": "secret-model-two", "text": "A poster:", "media": shows(NAMES[1])},
        ],
        **changes,
    }


def asked(world: World, **changes: Any) -> Comparison:
    """The pair imported, and a person asked about it."""
    material.release_once(world)
    job = import_run(world, [line(**changes)])
    assert job.state == "succeeded", job.error_detail
    material.tasks_make(world)
    return Comparison.objects.get(external_id="pair-of-pictures")


def media_at(world: World, asset: Asset, rendition: str = "display") -> str:
    return f"/media/{world.project.pk}/{asset.pk}/{rendition}"


def test_media_are_imported_by_name_and_stand_in_no_list_of_posts(
    world: World, uploaded: dict[str, Asset]
) -> None:
    comparison = asked(world)
    prompt, first = comparison.prompt, comparison.response_a
    assert prompt.messages == [{"role": "user", "content": "Draw it as a poster.", "media": [0]}]
    assert prompt.material is not None and first.material is not None
    assert [part.asset for part in first.material.parts.all()] == [uploaded[NAMES[0]]]
    assert (first.text, first.material.is_material) == ("", True)
    assert not posts_in(world.project.pk).exists()
    again = import_run(world, [line()])
    assert again.result == {"lines": 1, "created": 0, "already_there": 1}
    assert (Prompt.objects.count(), Response.objects.count(), Post.objects.count()) == (1, 2, 3)


def test_files_that_are_not_there_are_named_by_line_and_place(
    world: World, uploaded: dict[str, Asset]
) -> None:
    wrong = [{"kind": "video", "asset": NAMES[0]}]
    job = import_run(
        world,
        [
            line(responses=[{"media": shows("nowhere.png")}, {"text": "No."}]),
            line(external_id="two", responses=[{"media": wrong}, {"text": "No."}]),
            line(external_id="three", prompt=[{"role": "user"}]),
            line(external_id="four", responses=[{"media": shows(NAMES[0])}] * 2),
        ],
    )
    assert job.state == "failed"
    for said in (
        "Line 1: responses.0.media[0].asset: No file of this project is called 'nowhere.png'",
        "Line 2: responses.0.media[0].asset: The file",
        "Line 3: prompt.0: A message needs content or media",
        "Line 4: Two of the responses are the same",
    ):
        assert said in job.error_detail
    assert not Comparison.objects.exists()


def test_who_judges_sees_media_and_no_name_of_a_model_or_file(
    world: World, call_as: As, uploaded: dict[str, Asset]
) -> None:
    asked(world)
    lease = lease_make(world, "annotator")
    told = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/")
    bundle = told.json()
    posts = [bundle["material"], *(each["material"] for each in bundle["responses"])]
    pages = [call_as("annotator").get(f"/api/posts/{one['post_id']}/") for one in posts]
    assert [page.status_code for page in pages] == [200] * 3
    for answer in (told, *pages):
        for secret in (*NAMES, "secret"):
            assert secret not in answer.content.decode()
    assert bundle["responses"][0]["material"]["protection"]["cover"]["covered"] is True
    assert call_as("annotator").get(media_at(world, uploaded[NAMES[0]], "cover")).status_code == 200
    for one in posts:
        assert call_as("annotator2").get(f"/api/posts/{one['post_id']}/").status_code == 404
    assert call_as("annotator2").get(media_at(world, uploaded[NAMES[1]])).status_code == 404


def test_a_look_is_noted_before_bytes_and_counts_by_the_harm_that_the_file_states(
    world: World, call_as: As, uploaded: dict[str, Asset]
) -> None:
    asked(world, harm={"severity": 2, "categories": ["violence"]})
    lease = lease_make(world, "annotator")
    bundle = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()
    second = bundle["responses"][1]["material"]["post_id"]
    opened = call_as("annotator").post(
        f"/api/projects/{world.project.pk}/reveals/",
        {"post_id": second, "lease_id": str(lease.pk), "mode": "full", "purpose": "compare"},
    )
    assert opened.status_code == 201, opened.content
    (asset,) = [part.asset for part in Post.objects.get(pk=second).parts.all()]
    assert asset is not None
    sent = b"".join(call_as("annotator").get(media_at(world, asset)).streaming_content)
    (row,) = Reveal.objects.filter(mode="full")
    assert (str(row.post_id), row.purpose, row.severity, row.bytes_sent) == (second, "compare", 2, len(sent))
    assert row.lease_id == lease.pk
    other = call_as("annotator2").post(
        f"/api/projects/{world.project.pk}/reveals/",
        {"post_id": second, "lease_id": str(lease.pk), "mode": "full", "purpose": "compare"},
    )
    assert other.status_code == 404


def test_the_words_of_a_pair_with_media_are_uncovered_by_its_lease(
    world: World, call_as: As, uploaded: dict[str, Asset]
) -> None:
    asked(world)
    lease = lease_make(world, "annotator")
    opened = call_as("annotator").post(
        f"/api/projects/{world.project.pk}/reveals/",
        {"post_id": None, "lease_id": str(lease.pk), "mode": "full", "purpose": "compare"},
    )
    assert opened.status_code == 201, opened.content


def test_its_task_is_guarded_by_the_harm_that_the_file_states(
    world: World, uploaded: dict[str, Asset]
) -> None:
    comparison = asked(world, harm={"severity": 4, "categories": ["gore"]})
    task = Task.objects.get(comparison_id=comparison.pk)
    assert task.post_id == comparison.prompt.material_id
    assert Slot.objects.filter(task=task, ward__severity=4).count() == 1


def test_hiding_one_of_the_pictures_takes_the_pair_back(world: World, uploaded: dict[str, Asset]) -> None:
    comparison = asked(world)
    hidden = comparison.response_b.material_id
    assert hidden is not None
    post_hide(world.actor("manager"), hidden, reason="Somebody asked.")
    assert Task.objects.get(comparison_id=comparison.pk).state == "withdrawn"
    material.tasks_make(world)
    assert Task.objects.filter(comparison_id=comparison.pk).count() == 1


def test_a_slate_shows_its_media_too(world: World, call_as: As, uploaded: dict[str, Asset]) -> None:
    material.release_once(world)
    responses = [{"media": shows(name)} for name in NAMES]
    assert import_run(world, [line(responses=responses)]).state == "succeeded"
    material.tasks_make(world, form=Form.RANKING)
    lease = lease_make(world, "annotator")
    bundle = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()
    shown = [each["material"]["post_id"] for each in bundle["responses"]]
    assert len({*shown}) == 3 == Slate.objects.get().size
    assert call_as("annotator").get(f"/api/posts/{shown[2]}/").status_code == 200


def test_review_tells_where_media_are(world: World, call_as: As, uploaded: dict[str, Asset]) -> None:
    comparison = asked(world)
    material.judge(world, "annotator")
    told = call_as("reviewer").get(f"/api/comparisons/{comparison.pk}/review/").json()
    assert [each["material_id"] for each in told["responses"]] == [
        str(comparison.response_a.material_id),
        str(comparison.response_b.material_id),
    ]
    assert told["material_id"] == str(comparison.prompt.material_id)
