from __future__ import annotations

from typing import Any

import pytest

from active_learning.models import Embedding, EncodingWait
from active_learning.runs import embedding, shards, waiting
from active_learning.runs.embedding import texts_embedded
from active_learning.services import encoding, text_read_soon
from active_learning.services.encoding import ENCODE_TASK
from core.jobs.chores import chores_tell
from policies.domain.likeness import LikeBy
from policies.selectors import clauses_like, passages_of, precedents_found, release_fixed
from policies.services import precedent_approve
from tests.active_learning.material import words_encoder
from tests.policies.clause_texts import verdict_json
from tests.policies.precedents import post_made, precedent_made
from tests.policies.releases import release_made
from tests.world import World


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that reads by words, and keeps no encoder from test to test."""
    monkeypatch.setattr(waiting, "encoder_loaded", words_encoder)
    waiting._encoder.cache_clear()


def subjects() -> set[str]:
    return set(EncodingWait.objects.values_list("subject", flat=True))


def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "core.jobs.chores.current_app.send_task", lambda name, **kw: sent.append((name, kw["queue"]))
    )
    chores_tell()
    return sent


def test_a_ruled_post_is_found_by_likeness_without_a_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_made(world)
    precedent = precedent_made(world, release, text="Rifle for sale at the station")
    precedent_approve(world.actor("policy_editor"), precedent.pk)
    asked = post_made(world, "Rifle for sale at the market")
    assert subjects() == {f"release:{release.pk}", f"post:{precedent.post_id}"}
    assert (ENCODE_TASK, "gpu") in told(monkeypatch)
    assert told(monkeypatch) == [], "a worker that is busy is not told every second"
    encoding.encoding_want(f"post:{asked.pk}")
    assert waiting.waiting_encode() == 3
    assert not EncodingWait.objects.exists()
    (found,) = precedents_found(world.actor("reviewer"), world.project.pk, post_id=asked.pk)
    assert found.likeness is not None
    assert (found.likeness.by, found.likeness.score > 0.7) == (LikeBy.TEXT, True)


def test_what_waits_waits_once_and_is_encoded_once(world: World) -> None:
    release = release_made(world)
    precedent_made(world, release)
    for _ in range(3):
        encoding.encoding_want(f"release:{release.pk}")
    assert EncodingWait.objects.count() == 2
    waiting.waiting_encode()
    count = Embedding.objects.count()
    encoding.encoding_want(f"release:{release.pk}")
    waiting.waiting_encode()
    assert Embedding.objects.count() == count


def test_what_cannot_be_encoded_is_tried_three_times_and_holds_up_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_made(world)
    encoding.encoding_want("text:broken", "broken")
    read = texts_embedded

    def embedded(texts: Any, encoder: Any) -> int:
        if "broken" in texts:
            raise RuntimeError("out of memory")
        return read(texts, encoder)

    monkeypatch.setattr(waiting, "texts_embedded", embedded)
    assert waiting.waiting_encode() == 1
    assert subjects() == {"text:broken"}
    assert waiting.waiting_encode() == 0 and waiting.waiting_encode() == 0
    assert waiting.waiting_encode() == 0
    assert not EncodingWait.objects.exists()
    assert Embedding.objects.count() == len(passages_of(release_fixed(release.pk)))


def test_short_encoding_goes_through_between_the_batches_of_a_long_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is in the middle of a round has what somebody waits for read before its next batch."""
    release_made(world)
    waiting.waiting_encode()
    texts = texts_embedded

    def embedded(given: Any, encoder: Any) -> int:
        if "broken" in given:
            raise RuntimeError("out of memory")
        return texts(given, encoder)

    monkeypatch.setattr(waiting, "texts_embedded", embedded)
    monkeypatch.setattr(shards, "TEXTS_A_SHARD", 1)
    posts = [post_made(world, text) for text in ("A lamp", "A chair", "A rifle")]
    told: list[tuple[int, set[str]]] = []

    def progress(done: int, total: int | None, message: str) -> None:
        told.append((done, subjects()))
        if done == 1:
            encoding.encoding_want("text:broken", "broken")
            encoding.encoding_want("text:question", "where to get arms")

    embedding.posts_embedded(
        [post.pk for post in posts], words_encoder(""), waiting.letting_through(progress), run="round:1"
    )
    assert told == [(1, set()), (2, {"text:broken"}), (3, {"text:broken"}), (3, {"text:broken"})]
    assert EncodingWait.objects.get().attempts == 1, "what fails waits for a worker of its own"


def test_a_question_is_held_against_what_clauses_say(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = release_fixed(release_made(world).pk)
    question = "where to get arms"
    EncodingWait.objects.all().delete()
    assert text_read_soon(question, [release]) is False, "nothing of the release was read: nobody waits"
    assert subjects() == {f"release:{release.id}"}
    waiting.waiting_encode()
    assert clauses_like([release], question) == []

    monkeypatch.setattr("active_learning.services.encoding.time.sleep", lambda _: waiting.waiting_encode())
    assert text_read_soon(question, [release]) is True
    assert not EncodingWait.objects.filter(subject__startswith="text:").exists()
    passage = passages_of(release)[0]
    assert text_read_soon(passage, [release]) is True
    (best, *_) = clauses_like([release], passage)
    assert (best.clause_key, best.score, best.snippet) == (
        next(key for key, one in release.clauses.items() if passage.startswith(one.title)),
        1.0,
        passage,
    )


def test_where_no_worker_comes_a_search_goes_on_without(world: World) -> None:
    release = release_fixed(release_made(world).pk)
    waiting.waiting_encode()
    assert text_read_soon("guns", [release], seconds=0.2) is False
    assert [wait.text for wait in EncodingWait.objects.all()] == ["guns"]
    EncodingWait.objects.bulk_create(
        [EncodingWait(subject=f"text:{number}", text="x") for number in range(encoding._QUEUE_MOST)]
    )
    assert text_read_soon("rifles", [release], seconds=60) is False
    assert not EncodingWait.objects.filter(text="rifles").exists()


def test_the_bundled_encoder_finds_a_clause_that_shares_no_word_with_the_question(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from active_learning.runs.embedding import encoder_loaded

    monkeypatch.setattr(waiting, "encoder_loaded", encoder_loaded)
    spam = {
        "type": "definition",
        "text": "The same advertisement sent to many people who never asked for it.",
    }
    clauses = {
        "weapons": verdict_json(),
        "spam": verdict_json(title="Spam", question="Is it spam?", blocks=[spam]),
    }
    release = release_fixed(release_made(world, clauses=clauses).pk)
    question = "somebody hands over firearms for money"
    encoding.encoding_want("text:question", question)
    assert waiting.waiting_encode() == 2
    found = clauses_like([release], question)
    assert found and found[0].clause_key == "weapons"
    assert "spam" not in [one.clause_key for one in found]
    waiting._encoder.cache_clear()
