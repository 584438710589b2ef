"""The check's own step: on rows of any length, on all of them, or an error."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from active_learning.learners.trainer_check import TRAINED, CheckError, check
from exports.domain.building import Row
from exports.domain.pair_rows import demonstration_rows, pair_rows
from exports.domain.records import JudgedComparison, ResponseRecord
from tests.exports.factories import comparison, terms
from tests.exports.folders import folder_write

_PANDALM = Path(__file__).parents[2].parent / "shared/data/pandalm-testset/raw/testset-v1.json"

pytestmark = pytest.mark.training


def pulled(folder: Path, judged: Iterable[JudgedComparison]) -> Path:
    """A version of all trained kinds, every row of it in train."""
    asked = terms(replies=["chosen"], splits={"train": 1.0, "validation": 0.0, "test": 0.0})
    items = [
        item
        for one in judged
        for kind in ("rm", "dpo", "sft")
        for item in (demonstration_rows if kind == "sft" else pair_rows)(kind, one, asked)
    ]
    rows = sorted((item for item in items if isinstance(item, Row)), key=lambda row: row.values["example_id"])
    made = folder_write(folder, rows)
    counts = {kind: {"train": sum(row.kind == kind for row in rows)} for kind in TRAINED}
    (made / "MANIFEST.json").write_text(json.dumps({"counts": counts}), encoding="utf-8")
    return made


@pytest.mark.parametrize("kind", TRAINED)
def test_rows_longer_than_the_model_are_cut_and_trained_on(kind: str, tmp_path: Path) -> None:
    long = [
        comparison(
            number,
            prompt=(("user", f"Why {number}? " * 400),),
            response_a=ResponseRecord(text=f"Because of {number}. " * 300),
            response_b=ResponseRecord(text=f"Who asks {number}? " * 300),
        )
        for number in range(4)
    ]
    found = check(pulled(tmp_path / "version", long), kind, tmp_path)
    assert found["rows"] == {"train": 4}
    assert found["loss"] > 0
    assert found["no_step"] == ""


def test_a_row_that_the_trainer_drops_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trl import RewardTrainer

    prepared = RewardTrainer._prepare_dataset
    monkeypatch.setattr(
        RewardTrainer, "_prepare_dataset", lambda self, *given: prepared(self, *given).select(range(3))
    )
    folder = pulled(tmp_path / "version", [comparison(number) for number in range(4)])
    with pytest.raises(CheckError, match="leaves out 1 of 4 rows of rm"):
        check(folder, "rm", tmp_path)


@pytest.mark.shared_data
@pytest.mark.skipif(not _PANDALM.is_file(), reason="the shared data folder is not beside this checkout")
@pytest.mark.parametrize("kind", TRAINED)
def test_pairs_that_nobody_here_wrote_are_trained_on(kind: str, tmp_path: Path) -> None:
    answered = [
        row
        for row in json.loads(_PANDALM.read_text(encoding="utf-8"))
        if row["response1"] and row["response2"]
    ]
    longest = sorted(answered, key=lambda row: -len(f"{row['input']}{row['response1']}{row['response2']}"))
    judged = [
        comparison(
            row["idx"],
            prompt=(("user", f"{row['instruction']}\n\n{row['input']}"),),
            response_a=ResponseRecord(text=str(row["response1"])),
            response_b=ResponseRecord(text=str(row["response2"])),
        )
        for row in longest[:12]
    ]
    found = check(pulled(tmp_path / "version", judged), kind, tmp_path)
    assert found["rows"]["train"] >= 8
    assert found["loss"] > 0
