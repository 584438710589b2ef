"""Posts with sound: heard where an encoder of sound is named, and as before where none is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.encoders.protocol import Sound
from active_learning.runs.embedding import posts_embedded
from core.content.models import Asset, Part
from core.jobs.models import Job
from tests.active_learning.material import DIM, NoImages, WordEncoder
from tests.annotation.material import post_make
from tests.core.content import samples
from tests.world import Caller, World


class _Loudness:
    """Hears how much of a sound is in each half of it."""

    name, revision, dim, rate_hz, window_s = "halves", "1", 2, 8_000, 10.0

    def __init__(self) -> None:
        self.heard = 0

    def encode(self, sounds: Sequence[Sound]) -> Vectors:
        self.heard += len(sounds)
        halves = [[np.abs(half).sum() for half in np.array_split(sound, 2)] for sound in sounds]
        return rows_normalized(np.array(halves, dtype=np.float32).reshape(len(sounds), 2))


def _uploaded(world: World, caller: Caller, data: bytes) -> Asset:
    answer = caller.post(f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(data)})
    assert answer.status_code in {200, 201}, answer.content
    return Asset.objects.get(pk=answer.json()["id"])


def _silent(done: int, total: int | None, message: str) -> None:
    """Progress that nobody follows."""


def test_a_posts_sound_is_part_of_its_vector_and_is_heard_once(
    world: World, call_as: Callable[[str], Caller], run_jobs: Callable[[], list[Job]], tmp_path: Path
) -> None:
    fading = np.sin(np.arange(8_000)) * np.linspace(1, 0, 8_000)
    sound = _uploaded(world, call_as("engineer"), samples.sound_of(fading, rate_hz=8_000))
    clip = tmp_path / "silent.mp4"
    samples.video(clip)
    silent = _uploaded(world, call_as("engineer"), clip.read_bytes())
    run_jobs()
    posts = {
        name: post_make(world, text=f"about {name}", with_image=False)
        for name in ("sound", "again", "nothing", "film")
    }
    for name, kind, asset in (
        ("sound", "audio", sound),
        ("again", "audio", sound),
        ("film", "video", silent),
    ):
        Part.objects.create(post=posts[name], position=1, kind=kind, asset=asset)
    ids = [post.pk for post in posts.values()]

    class Frames(NoImages):
        def encode(self, images: Sequence[object]) -> Vectors:
            return np.ones((len(images), self.dim), dtype=np.float32)

    ears = _Loudness()
    deaf = PostEncoder(text=WordEncoder(), image=Frames())
    before = posts_embedded(ids, deaf, _silent, run=f"round:{uuid.uuid4()}")
    assert before.vectors.shape == (4, DIM + 4)
    after = posts_embedded(
        ids, PostEncoder(text=deaf.text, image=deaf.image, audio=ears), _silent, run=f"round:{uuid.uuid4()}"
    )
    assert (after.encoded, after.unreadable, ears.heard) == (1, 0, 1), (
        "two posts with one sound, and a silent film"
    )
    place = {post_id: row for row, post_id in enumerate(after.post_ids)}
    hears = {name: after.vectors[place[post.pk]][-2:] for name, post in posts.items()}
    assert hears["sound"][0] > 2 * hears["sound"][1] > 0
    assert np.array_equal(hears["sound"], hears["again"])
    assert not hears["nothing"].any() and not hears["film"].any()
