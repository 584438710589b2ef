"""Rounds and scans for the pages: a planted rule, people who answered, and answers that are wrong."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import numpy as np

from active_learning.learners.arrays import Vectors
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.encoders.protocol import ImageItem
from active_learning.models import InputMeasure, ModelVersion
from active_learning.runs.embedding import posts_embedded
from annotation.services import Proposer, SuggestionDraft, suggestions_record
from core.content.models import Post
from policies.selectors import ReleaseView
from tests.active_learning.material import (
    WordEncoder,
    boxes_answered,
    crowd_answered,
    decide,
    decided_world,
    evaluation_made,
    is_spam,
    leak_planted,
    spam_posts,
    twins_decided,
)
from tests.annotation.gold_material import gold_item
from tests.annotation.material import answer, document, post_make, release_once, tasks_make
from tests.core.content import samples
from tests.e2e.material import work_off
from tests.world import Caller, World

DECIDED, OPEN = 72, 40
WRONG = (3, 10, 21, 32, 40)
DOUBTED = "advert-with-picture"


class PlainImages:
    """An image side that sees the same in every picture, so that the words decide."""

    name, revision, dim = "plain", "1", 4

    def encode(self, images: Sequence[ImageItem]) -> Vectors:
        return np.full((len(images), self.dim), 0.5, dtype=np.float32)


def quick_encoder(name: str = "bundled") -> PostEncoder:
    """An encoder of words that needs no network weights."""
    return PostEncoder(text=WordEncoder(), image=PlainImages())


@contextmanager
def quick_encoders() -> Iterator[None]:
    """Let rounds, scans and maps encode by words while this lasts."""
    with ExitStack() as stack:
        for module in ("rounds", "scans", "suggesting", "drift", "maps"):
            stack.enter_context(patch(f"active_learning.runs.{module}.encoder_loaded", quick_encoder))
        yield


def decisions_bring_in(world: World, *, wrong: Sequence[int] = ()) -> ReleaseView:
    """Posts decided about spam by a plain rule, some against it, and open ones."""
    release, _ = decided_world(world, decided=DECIDED, open_posts=OPEN, wrong=wrong)
    return release


def round_bring_in(world: World) -> dict[str, str]:
    """Run a round to its end."""
    release = decisions_bring_in(world)
    body = {"release_id": str(release.id), "clause_key": "spam", "budget": 12, "seed": 5, "overlap": 2}
    started = Caller(world.person("engineer")).post(f"/api/projects/{world.project.pk}/rounds/", body)
    assert started.status_code == 202, started.content
    with quick_encoders():
        work_off()
    return {"round": started.json()["id"]}


def plans_bring_in(world: World) -> dict[str, str]:
    """Rounds that go on by themselves, after one that was run."""
    made = round_bring_in(world)
    body = {"release_id": str(release_once(world).id), "clause_key": "spam", "budget": 6, "seed": 5}
    ends = {"after_answers": 20, "most_answers": 200, "plateau_rounds": 2, "recall_target": 0.9}
    address = f"/api/projects/{world.project.pk}/round-plans/"
    planned = Caller(world.person("engineer")).post(address, body | ends)
    assert planned.status_code == 201, planned.content
    return made


def models_bring_in(world: World) -> dict[str, str]:
    """Two rounds' models, the second promoted by its round, measured on enough held-out posts for a threshold."""
    round_bring_in(world)
    body = {"release_id": str(release_once(world).id), "clause_key": "spam", "budget": 4, "seed": 6}
    Caller(world.person("engineer")).post(f"/api/projects/{world.project.pk}/rounds/", body)
    with quick_encoders():
        work_off()
    ModelVersion.objects.filter(project=world.project).update(
        evaluation=evaluation_made() | {"inputs": [420, 160, 80, 40, 30, 20, 20, 30, 60, 140]}
    )
    first, second = ModelVersion.objects.filter(project=world.project).order_by("number")
    InputMeasure.objects.create(
        model=second, bins=[120, 70, 60, 50, 40, 35, 30, 25, 20, 50], apart_hits=760, apart_total=1000
    )
    for number in range(DECIDED, DECIDED + OPEN):
        post = Post.objects.get(project=world.project, external_id=f"post-{number:04d}")
        head_says(world, second, post, harmful=is_spam(number))
        decide(world, release_once(world), post, "yes" if is_spam(number) != (number % 2 == 0) else "no")
    return {"model": str(second.pk), "earlier": str(first.pk)}


def head_says(world: World, model: ModelVersion, post: Post, *, harmful: bool) -> None:
    """The model suggested an answer about spam."""
    suggestions_record(
        None,
        world.project,
        release=release_once(world),
        proposer=Proposer("head", "model", str(model.number), model.pk),
        drafts=[SuggestionDraft(post.pk, "spam", "yes" if harmful else "no", 0.91)],
    )


def map_bring_in(world: World) -> dict[str, str]:
    """Lay out the posts that a round has read."""
    made = round_bring_in(world)
    started = Caller(world.person("engineer")).post(f"/api/projects/{world.project.pk}/maps/", {"seed": 5})
    assert started.status_code == 202, started.content
    with quick_encoders():
        work_off()
    return {**made, "map": started.json()["id"]}


def scan_bring_in(world: World) -> dict[str, str]:
    """Scan decisions among which some are wrong; two people answered the post with a picture."""
    release = decisions_bring_in(world, wrong=WRONG)
    for number, post in enumerate(Post.objects.filter(project=world.project).order_by("external_id")):
        if number < DECIDED:
            planted = number in WRONG
            decide(world, release, post, "yes" if is_spam(number) != planted else "no", clause_key="hate")
    picture_doubted(world)
    return {"scan": scan_run_now(world, release, ["spam", "hate"])}


def findings_bring_in(world: World) -> dict[str, str]:
    """Scan decisions with near-duplicates that disagree or leak, an open post like none, and wrong gold."""
    release = decisions_bring_in(world, wrong=WRONG)
    for number in (0, 6):
        first = Post.objects.get(project=world.project, external_id=f"post-{number:04d}")
        twins_decided(world, release, ("no", "yes"), like=first)
    leak_planted(world, release, "tulip meadow sunrise kettle")
    strange = post_make(
        world, text="zeppelin quartz obelisk", with_image=False, external_id="strange", id=uuid.UUID(int=9)
    )
    posts_embedded([strange.pk], quick_encoder(), lambda done, total, message: None, run="round:strange")
    wrong = post_make(
        world, text="winner prize click casino bonus cheap", with_image=False, external_id="gold-wrong"
    )
    gold_item(world, release, post=wrong, document=document(spam="no"))
    return {"scan": scan_run_now(world, release, ["spam"])}


def careless_bring_in(world: World) -> dict[str, str]:
    """Scan what three people answered, one of whom marks everything."""
    release = decisions_bring_in(world)
    posts = Post.objects.filter(project=world.project).order_by("external_id")[:24]
    tasks_make(world, release, list(posts), overlap=3, clause_keys=["spam"])
    for number in range(24):
        honest = "no" if number % 4 else "yes"
        for person, said in (("annotator", "yes"), ("annotator2", honest), ("reviewer", honest)):
            answer(world, person, {"verdicts": [{"clause_key": "spam", "answer": said}]})
    return {"scan": scan_run_now(world, release, ["spam"])}


def sets_bring_in(world: World) -> dict[str, str]:
    """Scan two clauses together, on which some posts are decided against the rule."""
    release = decisions_bring_in(world, wrong=WRONG)
    for number, post in enumerate(Post.objects.filter(project=world.project).order_by("external_id")):
        if number < DECIDED:
            planted = number in WRONG[:3]
            decide(world, release, post, "yes" if is_spam(number) != planted else "no", clause_key="hate")
    return {"scan": scan_run_now(world, release, ["spam", "hate"], look="together")}


def crowd_bring_in(world: World) -> dict[str, str]:
    """Scan what three people answered, one of whom is alone twice."""
    release = release_once(world)
    crowd_answered(world, release, spam_posts(world, 60))
    return {"scan": scan_run_now(world, release, ["spam"], look="people")}


def boxes_bring_in(world: World) -> dict[str, str]:
    """Scan boxes that three people drew on a picture: the first a little beside, and one too few."""
    there = [
        {"x": 120, "y": 90, "width": 300, "height": 260},
        {"x": 620, "y": 320, "width": 180, "height": 200},
    ]
    beside = [{"x": 300, "y": 130, "width": 300, "height": 260}]
    boxes_answered(
        world,
        release_once(world),
        picture_brought_in(world),
        {"annotator": beside, "annotator2": there, "reviewer": there},
    )
    return {"scan": scan_run_now(world, release_once(world), ["hate"], look="regions")}


def picture_doubted(world: World) -> Post:
    """A post with a picture and the words of spam that two people called fine."""
    post = picture_brought_in(world)
    tasks_make(world, release_once(world), [post])
    answer(world, "annotator", document())
    answer(world, "annotator2", document())
    return post


def picture_brought_in(world: World) -> Post:
    """A post with a picture and the words of spam."""
    call = Caller(world.person("engineer"))
    file = samples.upload(samples.picture(960, 640, seed=4), "advert.jpg")
    sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
    assert sent.status_code in {200, 201}, sent.content
    parts = [
        {"kind": "image", "asset": "advert.jpg"},
        {"kind": "caption", "text": "winner prize click casino bonus cheap pills"},
    ]
    line = {"external_id": DOUBTED, "language": "en", "source": "market", "parts": parts}
    call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest([line])})
    work_off()
    return Post.objects.get(project=world.project, external_id=DOUBTED)


def scan_run_now(
    world: World, release: ReleaseView, clause_keys: Sequence[str], *, look: str = "each"
) -> str:
    """Run a scan to its end and name it."""
    body = {"release_id": str(release.id), "clause_keys": list(clause_keys), "seed": 3, "looks": [look]}
    started = Caller(world.person("engineer")).post(f"/api/projects/{world.project.pk}/scans/", body)
    assert started.status_code == 202, started.content
    with quick_encoders():
        work_off()
    return str(started.json()["id"])
