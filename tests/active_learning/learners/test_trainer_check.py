"""What the check of a pulled version says before any trainer is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from active_learning.learners.trainer_check import NO_ROWS, NO_TRAIN_ROWS, CheckError, check
from exports.domain.building import Excluded, Row
from exports.domain.kinds import KINDS
from tests.exports.folders import every_item, folder_write

pytest.importorskip("datasets")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A version with labels in every split and replies in the test split alone."""
    items = [item for item in every_item(30) if item.kind == "labels" or _is_tested_reply(item)]
    made = folder_write(tmp_path / "version", items)
    counts: dict[str, dict[str, int]] = {kind: {} for kind in KINDS if kind != "kto"}
    for item in items:
        if isinstance(item, Row):
            counts[item.kind][item.split] = counts[item.kind].get(item.split, 0) + 1
    (made / "MANIFEST.json").write_text(json.dumps({"counts": counts}), encoding="utf-8")
    return made


def _is_tested_reply(item: Row | Excluded) -> bool:
    return isinstance(item, Row) and (item.kind, item.split) == ("sft", "test")


def test_rows_are_counted_as_they_load(folder: Path, tmp_path: Path) -> None:
    found = check(folder, "labels", tmp_path)
    assert sum(found["rows"].values()) == 30
    assert (found["loss"], found["no_step"]) == (None, "")


def test_a_kind_without_rows_is_said_and_nothing_is_loaded(folder: Path, tmp_path: Path) -> None:
    assert check(folder, "rm", tmp_path) == {"kind": "rm", "rows": {}, "loss": None, "no_step": NO_ROWS}


def test_a_split_without_rows_is_said(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("active_learning.learners.trainer_check.find_spec", lambda name: name)
    assert check(folder, "sft", tmp_path)["no_step"] == NO_TRAIN_ROWS


def test_other_rows_than_the_manifest_names_are_an_error(folder: Path, tmp_path: Path) -> None:
    manifest: dict[str, Any] = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    manifest["counts"]["labels"]["train"] += 1
    (folder / "MANIFEST.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CheckError, match=r"load_dataset gives .*; the version holds"):
        check(folder, "labels", tmp_path)


def test_the_program_ends_with_a_sentence_and_keeps_what_was_done(folder: Path) -> None:
    program = [sys.executable, "-m", "active_learning.learners.trainer_check", str(folder), "rm", "kto"]
    ended = subprocess.run(program, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["kind"] == "rm"
    held = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["counts"]
    assert {"labels", "rm", "dpo"} <= held.keys()
    assert ended.stderr.strip().splitlines()[-1] == f"This version holds {', '.join(held)}, not kto."
