"""The rows of a run, as they lie on the worker."""

from __future__ import annotations

from typing import Any

from active_learning.learners.training.spec import Spec, TrainingRefused


def rows_loaded(spec: Spec) -> dict[str, Any]:
    """Return the rows of each split that has any, memory-mapped.

    Raises
    ------
    TrainingRefused
        There is none to train on.
    """
    import datasets

    datasets.disable_progress_bars()
    files = {
        folder.name: sorted(str(file) for file in folder.glob("*.parquet"))
        for folder in sorted((spec.folder / "data").iterdir())
    }
    if not files.get("train"):
        raise TrainingRefused("The version has no rows for training. Give its definition a share for train.")
    loaded = datasets.load_dataset("parquet", data_files=files, cache_dir=str(spec.folder / "cache"))
    return {str(split): rows for split, rows in loaded.items()}
