"""The demo refuses what it cannot use, fails where a step fails, and says both in a sentence."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from rich.console import Console

from config.demo.api import DemoError, InProcessApi
from config.demo.cast import SIMULATED, cast_make
from config.demo.ledger import Ledger
from config.demo.material import Material, make
from config.demo.material.shared_data import SharedData, SharedDataUnusableError
from config.demo.report import report_print
from config.demo.scenario import Step, _shuffled, demo_steps, steps_run
from config.demo.stage import Stage
from config.demo.steps import datasets, labelling, rulings
from policies.models import Precedent

_SHARED = Path(__file__).parents[2].parent / "shared/data"
_PAIR = {"idx": 0, "cmp_key": "m1_m2", "instruction": "Say hello.", "input": "", "response1": "Hello!"} | {
    "response2": "No.", "annotator1": 1, "annotator2": 1, "annotator3": 0
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The least that the demo takes as real data."""
    folder = tmp_path / "data"
    (folder / "media-demo/images").mkdir(parents=True)
    Image.new("RGB", (64, 48), "teal").save(folder / "media-demo/images/boat.png")
    (folder / "pandalm-testset/raw").mkdir(parents=True)
    (folder / "pandalm-testset/raw/testset-v1.json").write_text(json.dumps([_PAIR]), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with a server that is never started for real and people that are not made."""
    settings.HOME = tmp_path / "home"
    monkeypatch.setattr("config.management.commands.demo.DemoServer", _Server)
    monkeypatch.setattr(
        "config.management.commands.demo.Command._stage", lambda self, ledger, *rest: _stage(ledger)
    )
    _Server.said = []
    return tmp_path / "home"


class _Server:
    """Notes what is asked of it."""

    said: list[str]

    def __init__(self, log: Path) -> None:
        self.url = "http://127.0.0.1:9"

    def start(self, say: Callable[[str], None]) -> None:
        _Server.said.append("start")

    def stop(self) -> None:
        _Server.said.append("stop")


def _stage(ledger: Ledger, **changes: Any) -> Any:
    """A stage whose steps speak to nobody."""
    named: dict[str, Any] = {
        "project_id": "0", "slug": "demo", "api_of": None, "ledger": ledger, "material": None, "folder": Path(),
        "say": lambda sentence: None,
    }  # fmt: skip
    return Stage(**(named | changes))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"data": Path("/nowhere/at/all")},
            "There is no folder /nowhere/at/all. DATA names a folder that holds",
        ),
        ({"posts": 0}, "--posts is 0; the demo needs at least 10."),
        ({"comparisons": -1}, "--comparisons is -1; the demo needs at least 2."),
    ],
)
def test_what_cannot_be_is_refused_before_anything_starts(
    home: Path, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("demo", **options)
    assert str(caught.value).startswith(sentence)
    assert caught.value.returncode == 2
    assert _Server.said == []
    assert not home.exists()


def test_data_that_lacks_files_names_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(SharedDataUnusableError) as caught:
        SharedData(tmp_path)
    assert "media-demo/images and pandalm-testset/raw/testset-v1.json" in str(caught.value)
    assert "without DATA the demo makes its own material" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "content", "problem"),
    [
        ("pandalm-testset/raw/testset-v1.json", "{", "cannot be read as JSON"),
        ("pandalm-testset/raw/testset-v1.json", '[{"idx": 1}]', "is not a list of pairs with annotator1"),
        ("dices-350/dices_350_expert.json", "[]", "has no list of instances"),
        ("media-demo/images/cat.jpg", "not a picture", "cat.jpg is not a PNG or JPEG picture"),
    ],
)
def test_data_in_another_form_is_named(data: Path, path: str, content: str, problem: str) -> None:
    (data / path).parent.mkdir(exist_ok=True)
    (data / path).write_text(content, encoding="utf-8")
    with pytest.raises(SharedDataUnusableError, match=problem):
        SharedData(data)


def test_data_may_lack_clips_and_conversations_and_that_is_said(data: Path) -> None:
    shared = SharedData(data)
    assert shared.left_out() == [
        "clips (.mp4, .webm, .mp3, .ogg) in media-demo",
        "dices-350/dices_350_expert.json",
    ]
    rows, truths = shared.pairs(60)
    assert len(rows) == 1
    assert truths[0]["axes"]["helpful"] == -2


def test_a_failing_step_fails_the_demo_and_the_next_one_goes_on_from_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(stage: Stage) -> dict[str, Any]:
        raise DemoError("The job ended as failed: no room.")

    def works(stage: Stage) -> dict[str, Any]:
        done.append("one")
        return {}

    done: list[str] = []
    steps = [Step("one", "First", works), Step("two", "Second", fails)]
    monkeypatch.setattr("config.management.commands.demo.demo_steps", lambda: steps)
    for _ in range(2):
        with pytest.raises(
            CommandError, match=r"Step 2 of 2 failed \(Second\). The job ended as failed: no room."
        ) as caught:
            call_command("demo")
        assert caught.value.returncode == 1
    assert done == ["one"]
    assert _Server.said == ["start", "stop"] * 2
    assert "two" not in Ledger(home / "demo").steps


def test_a_demo_that_was_broken_off_is_not_gone_on_from_with_other_options(
    home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(stage: Stage) -> dict[str, Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr("config.management.commands.demo.demo_steps", lambda: [Step("one", "First", stops)])
    with pytest.raises(CommandError, match="Start the demo again, with the same options") as caught:
        call_command("demo", posts=20)
    assert caught.value.returncode == 130
    with pytest.raises(CommandError, match="started with --posts 20 --comparisons 60") as caught:
        call_command("demo", posts=20, data=data)
    assert caught.value.returncode == 2


def test_one_annotators_failure_ends_the_work_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "truth_read", lambda material: None)
    everybody = threading.Barrier(len(SIMULATED))

    class Queue:
        def __init__(self, key: str) -> None:
            self.key, self.asked = key, 0

        def call(self, method: str, path: str, body: Any = None, **_: Any) -> Any:
            if not path.endswith("queue/next/"):
                return {"id": "stored"}
            self.asked += 1
            if self.asked == 1:
                everybody.wait(10)
            elif self.key == SIMULATED[-1].key:
                raise DemoError("No answer.")
            return {"lease": {"id": "lease"}}

    stage = _stage(Ledger(tmp_path), api_of=Queue)
    with pytest.raises(DemoError, match="No answer"):
        labelling._work(stage, "label", lambda api, lease, who: ("annotation", {}), None)


def test_a_kind_that_does_not_load_fails_with_its_name_and_the_log(tmp_path: Path) -> None:
    folder = tmp_path / "pairs-1"
    folder.mkdir()
    (folder / "MANIFEST.json").write_text(json.dumps({"counts": {"sft": {}}}), encoding="utf-8")
    log = tmp_path / "logs" / "loading.log"
    assert datasets.kinds_check(folder, ["sft"], log=log)["sft"]["no_step"] == "no rows"
    with pytest.raises(DemoError, match="dpo of pairs-1: This version holds sft, not dpo") as caught:
        datasets.kinds_check(folder, ["sft", "dpo"], log=log)
    assert str(log) in str(caught.value)


def test_the_table_says_what_has_no_rows_and_what_is_not_installed() -> None:
    version = {"number": 1, "release_label": "safety@2", "kinds": ["sft", "dpo"], "content_sha256": "ab" * 32} | {
        "counts": {"dpo": {"validation": 1, "train": 3}, "sft": {}}, "simulated": {"dpo": 4, "sft": 0},
        "exclusions": {"sft": {"no_reply": 4}, "dpo": {}},
    }  # fmt: skip
    loaded = {
        "sft": {"rows": {}, "loss": None, "no_step": "no rows"},
        "dpo": {
            "rows": {"train": 3, "validation": 1},
            "loss": None,
            "no_step": "not installed: training extra",
        },
        "rm": {"rows": {"train": 4}, "loss": 0.5, "no_step": ""},
    }
    console = Console(width=120, file=io.StringIO(), record=True)
    report_print({"versions": {"versions": {"pairs": version}}, "loading": {"loaded": loaded}}, console)
    said = console.export_text()
    assert "no rows (left out: no_reply 4)" in said
    assert "train 3, validation 1; all simulated" in said
    assert "4 rows, no step (not installed: training extra)" in said
    assert "4 rows, one step with TRL: loss 0.500" in said


def test_posts_of_every_source_are_labelled_first() -> None:
    names = [f"{source}-{number:03d}" for source in ("clip", "dices", "post") for number in range(60)]
    first = sorted(names, key=_shuffled)[:90]
    for source in ("clip", "dices", "post"):
        assert 15 <= sum(name.startswith(source) for name in first) <= 45


@pytest.mark.django_db
def test_replies_become_demonstrations_even_where_nobody_rewrote_one(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.BLOB_FOLDER = tmp_path, tmp_path / "blobs"
    material = make(tmp_path / "material", posts=10, comparisons=6)
    _rewrites_remove(material)
    cast = cast_make(slug="no-rewrites")
    stage = _stage(
        Ledger(tmp_path / "ledger"),
        project_id=cast.project.pk,
        api_of=lambda key: InProcessApi(cast.tokens[key]),
        material=material,
        is_parallel=False,
    )
    wanted = {"policy", "comparisons", "judgments"}
    steps_run(stage, [step for step in demo_steps() if step.name in wanted])
    built = datasets.versions_build(stage)["versions"]
    assert sum(built["helpful-replies"]["counts"]["sft"].values()) > 0
    assert built["community-labels"]["counts"]["labels"] == {}


@pytest.mark.django_db
def test_rulings_are_found_beside_posts_alike_and_made_once(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.BLOB_FOLDER = tmp_path, tmp_path / "blobs"
    cast = cast_make(slug="rulings")
    stage = _stage(
        Ledger(tmp_path / "ledger"),
        project_id=cast.project.pk,
        api_of=lambda key: InProcessApi(cast.tokens[key]),
        material=make(tmp_path / "material", posts=24, comparisons=2),
        is_parallel=False,
    )
    steps_run(stage, [step for step in demo_steps() if step.name in {"policy", "posts", "rulings"}])
    told = stage.produced("rulings")
    assert (told["ruled"], told["approved"]) == (3, 2)
    assert 1 <= told["found"] <= 2
    again = rulings.posts_ruled(stage)
    assert again["ruled"] == 3
    assert Precedent.objects.count() == Precedent.objects.filter(state__in=["approved", "proposed"]).count()
    assert Precedent.objects.filter(state="approved").count() == 2


def _rewrites_remove(material: Material) -> None:
    truths = [json.loads(line) for line in material.comparison_truth.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps({**truth, "rewrite": None}) + "\n" for truth in truths]
    material.comparison_truth.write_text("".join(lines), encoding="utf-8")


@pytest.mark.shared_data
@pytest.mark.skipif(not _SHARED.is_dir(), reason="the shared data folder is not beside this checkout")
def test_real_data_gives_posts_and_pairs_that_the_truth_knows(tmp_path: Path) -> None:
    shared = SharedData(_SHARED)
    assert shared.left_out() == []
    material = make(tmp_path, posts=10, comparisons=30, shared=shared)
    for manifest, truth in (
        (material.posts_manifest, material.truth),
        (material.comparisons_manifest, material.comparison_truth),
    ):
        names = [
            json.loads(line)["external_id"] for line in manifest.read_text(encoding="utf-8").splitlines()
        ]
        known = [json.loads(line)["external_id"] for line in truth.read_text(encoding="utf-8").splitlines()]
        assert names == known
        assert len(names) >= 30
