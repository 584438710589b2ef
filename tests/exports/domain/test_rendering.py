"""The quick way of writing JSON gives what `json.dumps` gives, letter by letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.domain.building import Row
from exports.domain.columns import MESSAGES, Column, ColumnType, ListOf, Struct
from exports.domain.kinds import KINDS
from exports.domain.rendering import row_renderer
from tests.exports.folders import every_item

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBERS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False, allow_infinity=False)
)
_MESSAGES = st.lists(
    st.builds(lambda role, content: {"role": role, "content": content}, _TEXTS, st.none() | _TEXTS)
)


def _columns(**types: ColumnType) -> list[Column]:
    return [Column(name, kind) for name, kind in types.items()]


@given(_MESSAGES, st.none() | _TEXTS, _NUMBERS, st.none() | st.lists(_NUMBERS))
def test_any_row_is_rendered_as_json_does_it(
    messages: list[dict[str, Any]], text: str | None, number: float | None, numbers: list[Any] | None
) -> None:
    row = {"z": messages, "t": text, "n": number, "l": numbers, "s": {"y": text, "x": number}}
    columns = _columns(
        z=MESSAGES, t="string", n="float32", l=ListOf("int8"), s=Struct((("y", "string"), ("x", "float32")))
    )
    options: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}
    assert row_renderer(columns)(row) == json.dumps(row, **options)
    assert row_renderer(columns, is_sorted=True)(row) == json.dumps(row, **options, sort_keys=True)


def test_rows_of_every_kind_are_rendered_as_json_does_it() -> None:
    for item in every_item(6):
        if isinstance(item, Row):
            rendered = row_renderer(KINDS[item.kind].columns)(item.values)
            assert rendered == json.dumps(item.values, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_in_json_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        row_renderer(_columns(n="float32"))({"n": number})
