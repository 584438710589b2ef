"""A film and a recording, uploaded as files, judged over HTTP, pulled, and loaded as a trainer loads them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from core.db.identifiers import uuid7
from preferences.models import SideOrder
from tests.core.content import samples
from tests.exports.datasets import Exporter, Json
from tests.preferences import material
from tests.world import Caller, World

FILES = {"film.mp4": "video", "spoken.wav": "audio"}


def files_make(folder: Path) -> dict[str, bytes]:
    """A film of two seconds with sound, and a recording of half a second."""
    film = folder / "film.mp4"
    samples.video(film, times=[Fraction(index, 10) for index in range(20)], with_sound=True)
    return {"film.mp4": film.read_bytes(), "spoken.wav": samples.sound()}


def judge_over_http(world: World, caller: Caller, answer: Json) -> None:
    """Take the next comparison, open it, and send the judgment as the page does."""
    lease = material.lease_make(world, "annotator")
    SideOrder.objects.create(task_id=lease.task_id, person_id=lease.person_id, swapped=False)
    opened = caller.get(f"/api/leases/{lease.pk}/comparison/")
    assert opened.status_code == 200, opened.content
    body = {"id": str(uuid7()), "document": answer}
    sent = caller.post(f"/api/leases/{lease.pk}/judgment/", body | {"active_ms": 4_000})
    assert sent.status_code in {200, 201}, sent.content


@pytest.fixture
def judged(world: World, exporter: Exporter, call_as: Callable[[str], Caller], tmp_path: Path) -> None:
    """Two responses about a post of a film and a recording: the first is better, the second breaks a rule."""
    project = f"/api/projects/{world.project.pk}"
    for name, data in files_make(tmp_path).items():
        sent = exporter.caller.post(f"{project}/assets/", {"file": samples.upload(data, name)})
        assert sent.status_code in {200, 201}, sent.content
    parts = [{"kind": kind, "asset": name, "label": name} for name, kind in FILES.items()]
    post = {"external_id": "clip", "language": "en", "parts": parts}
    sent = exporter.caller.post(f"{project}/imports/", {"file": samples.manifest([post])})
    assert sent.status_code == 202, sent.content
    exporter.run_jobs()
    material.release_once(world)
    lines = [
        material.line(1, external_id="about-the-clip", prompt="What happens here?", post_external_id="clip"),
        material.line(2, external_id="in-words"),
    ]
    assert material.import_run(world, lines).state == "succeeded"
    material.tasks_make(world)
    opinions = [
        {"position": "first", "acceptable": True},
        {"position": "second", "acceptable": False, "clause_keys": ["weapons"], "severity": 2},
    ]
    for _ in lines:
        judge_over_http(world, call_as("annotator"), material.document(-2, responses=opinions))


@pytest.mark.usefixtures("judged")
def test_film_and_recording_reach_the_trainer_as_people_saw_and_heard_them(
    exporter: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets = pytest.importorskip("datasets")
    kinds = ["dpo", "dpo_vlm", "guard", "tagged_sft", "tagged_rm", "tagged_kto"]
    asked: dict[str, Any] = {"axes": ["helpful"], "replies": ["chosen"]}
    version = exporter.build(exporter.create(kinds=kinds, **asked))
    folder = exporter.pull(version, tmp_path / "version")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")

    def rows(kind: str) -> list[Json]:
        loaded = datasets.load_dataset(str(folder), kind)
        return [row for split in loaded.values() for row in split if "about-the-clip" in row["meta_json"]]

    (pair,) = rows("tagged_rm")
    assert pair["messages"] == [
        {"role": "user", "content": "<video><audio>What happens here?"},
        {"role": "assistant", "content": "Answer 1 of one."},
    ]
    assert pair["rejected_messages"][-1]["content"] == "Answer 1 of two."
    assert pair["margin"] == 2.0
    (film,), (spoken,) = pair["videos"], pair["audios"]
    with av.open(str(folder / film)) as opened:
        assert [stream.type for stream in opened.streams.video] == ["video"]
        assert sum(1 for _ in opened.decode(video=0)) == 20
    with av.open(str(folder / spoken)) as opened:
        seconds = sum(frame.samples / frame.sample_rate for frame in opened.decode(audio=0))
        assert seconds == pytest.approx(0.5, abs=0.1)
    singles = rows("tagged_kto")
    assert [row["label"] for row in singles] == [True, False]
    (demonstration,) = rows("tagged_sft")
    assert demonstration["messages"] == pair["messages"]
    assert all((row["videos"], row["audios"]) == ([film], [spoken]) for row in (*singles, demonstration))

    assert rows("dpo") == rows("dpo_vlm") == rows("guard") == []
    excluded = version["exclusions"]
    assert (excluded["dpo"], excluded["dpo_vlm"]) == ({"has_media": 1}, {"has_media": 1})
    assert excluded["guard"] == {"has_media": 2}
    assert "| `guard` | `has_media` | 2 |" in exporter.read(version, "README.md").decode()
