"""The README's front matter: from it ``load_dataset`` knows kinds, splits, files and features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from exports.domain.columns import ColumnType, ListOf, Struct
from exports.domain.kinds import KINDS

# Without any configuration a loader looks for files itself and takes what was left out for rows.
_NOTHING = {"config_name": "no_rows", "data_files": []}


def readme_text(
    *, title: str, licence: str, files: Mapping[str, Mapping[str, Sequence[str]]], card: str
) -> str:
    """Return ``README.md``: configurations of every kind that has rows in YAML, then the card.

    A kind without rows is not offered: no loader reads a file of no rows. A version without any row offers one
    configuration that names no file, which loaders refuse.

    Parameters
    ----------
    files
        Paths of Parquet files by kind and split; empty splits are left out.
    """
    front: dict[str, Any] = {"pretty_name": title}
    if licence:
        # The Hub knows some licences by short names of its own; any other is called so, and named beside.
        front |= {"license": "other", "license_name": licence}
    front["configs"] = [
        {
            "config_name": kind,
            "data_files": [{"split": split, "path": list(paths)} for split, paths in by_split.items()],
        }
        for kind, by_split in files.items()
        if by_split
    ] or [_NOTHING]
    front["dataset_info"] = [
        {
            "config_name": kind,
            "features": [_named(column.name, column.type) for column in KINDS[kind].columns],
        }
        for kind, by_split in files.items()
        if by_split
    ]
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{head}---\n\n{card}"


def _named(name: str, kind: ColumnType) -> dict[str, Any]:
    """Return a feature as the YAML of ``dataset_info`` writes it, which differs from its JSON form."""
    if isinstance(kind, ListOf):
        inner = kind.member
        if isinstance(inner, Struct):
            return {"name": name, "list": [_named(key, value) for key, value in inner.fields]}
        return {"name": name, "list": inner if isinstance(inner, str) else _named("item", inner)}
    if isinstance(kind, Struct):
        return {"name": name, "struct": [_named(key, value) for key, value in kind.fields]}
    return {"name": name, "dtype": kind}
