"""Rows stored by one statement: by their objects, and by their columns on the paths that run all day."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from core.content.models import ProjectAsset
from core.db.inserting import insertion, insertion_of, insertions_of


def test_rows_by_column_are_sent_as_objects_are() -> None:
    one = ProjectAsset(project_id=uuid.uuid4(), asset_id=uuid.uuid4(), name='ü "quoted" 😀')
    by_object, by_column = insertion([one]), insertion_of(ProjectAsset, [_row_of(one)])
    assert by_object == by_column
    assert json.loads(by_column[1]["rows"])[0]["name"] == one.name


def test_a_row_without_a_column_or_with_one_too_many_is_refused() -> None:
    row = _row_of(ProjectAsset(project_id=uuid.uuid4(), asset_id=uuid.uuid4(), name="lamp"))
    with pytest.raises(ValueError, match="ProjectAsset"):
        insertion_of(ProjectAsset, [{key: value for key, value in row.items() if key != "name"}])
    with pytest.raises(ValueError, match="ProjectAsset"):
        insertion_of(ProjectAsset, [{**row, "created_at": None}])


def test_rows_of_several_tables_are_one_statement_with_each_ones_rows() -> None:
    one, two = (_row_of(ProjectAsset(project_id=uuid.uuid4(), asset_id=uuid.uuid4(), name=n)) for n in "ab")
    text, values = insertions_of([(ProjectAsset, [one]), (ProjectAsset, [two])])
    assert [json.loads(rows)[0]["name"] for rows in values.values()] == ["a", "b"]
    assert text.count("INSERT INTO") == 2 and all(f"%({name})s" in text for name in values)
    alone, own = insertions_of([(ProjectAsset, [one])])
    assert not alone.startswith("WITH") and len(own) == 1


def _row_of(one: ProjectAsset) -> dict[str, Any]:
    sent = json.loads(insertion([one])[1]["rows"])[0]
    return {column: getattr(one, column) for column in sent}
