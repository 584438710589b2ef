"""The rules every row must pass before anybody can see its version; the same rules trainers were found to
need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exports.domain.columns import MESSAGES, RESERVED_NAMES, Column, ListOf, Struct
from exports.domain.identity import normalised
from exports.domain.kinds import KINDS

_ROLES = frozenset({"system", "user", "assistant", "tool"})
_WHOLE_NUMBERS = {"int8": 7, "int16": 15, "int32": 31, "int64": 63}


def kind_problems(kind: str) -> list[str]:
    """Return what trainers would trip over in the columns of ``kind``; empty when nothing."""
    names = [column.name for column in KINDS[kind].columns]
    problems = [
        f"{name!r} is a name trainers take for something else." for name in names if name in RESERVED_NAMES
    ]
    if "messages" in names and "prompt" in names:
        problems.append("'prompt' beside 'messages' sends the SFT trainer down the wrong path.")
    if "label" in names and {"chosen", "rejected"} <= set(names):
        problems.append("'chosen' and 'rejected' beside 'label' are taken apart again.")
    if len(set(names)) != len(names):
        problems.append("A column is named twice.")
    return problems


def row_problems(kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row of ``kind``; nothing when it may be written."""
    declared = KINDS[kind]
    if list(values) != [column.name for column in declared.columns]:
        yield "Its columns are not those of the kind."
        return
    for column in declared.columns:
        if values[column.name] is None:
            if not column.nullable:
                yield f"{column.name} is empty."
        elif not _fits(values[column.name], column.type):
            yield f"{column.name} is not of the declared type."
        elif column.type == MESSAGES:
            yield from _conversation_problems(column, values[column.name])
    yield from _pair_problems(values)


def _conversation_problems(column: Column, messages: list[dict[str, str]]) -> Iterator[str]:
    if not messages:
        yield f"{column.name} holds no message."
        return
    if any(message["content"] is None for message in messages):
        yield f"{column.name} holds a message without content."
        return
    if any(message["role"] not in _ROLES for message in messages):
        yield f"{column.name} holds a role no chat template knows."
    if column.name in {"chosen", "rejected", "completion"} and [m["role"] for m in messages] != ["assistant"]:
        yield f"{column.name} is not one reply of the assistant."
    if column.name == "prompt" and messages[-1]["role"] != "user":
        yield "prompt does not end with the user."
    if column.name == "messages" and messages[-1]["role"] != "assistant":
        yield "messages does not end with the assistant."
    if not messages[-1]["content"].strip():
        yield f"{column.name} ends in an empty message."


def _pair_problems(values: Mapping[str, Any]) -> Iterator[str]:
    chosen, rejected = values.get("chosen"), values.get("rejected")
    if chosen and rejected and normalised(chosen[-1]["content"]) == normalised(rejected[-1]["content"]):
        yield "chosen and rejected have the same text: a tie would be trained as a preference."


def _fits(value: Any, kind: Any) -> bool:
    """Say whether a value other than null has the declared type; null is allowed inside structs."""
    if isinstance(kind, ListOf):
        return isinstance(value, list) and all(_fits(member, kind.member) for member in value)
    if isinstance(kind, Struct):
        return (
            isinstance(value, dict)
            and list(value) == [name for name, _ in kind.fields]
            and all(value[name] is None or _fits(value[name], inner) for name, inner in kind.fields)
        )
    if kind == "string":
        return isinstance(value, str)
    if kind == "bool":
        return isinstance(value, bool)
    if kind in _WHOLE_NUMBERS:
        return (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2 ** _WHOLE_NUMBERS[kind]
        )
    return isinstance(value, float | int) and not isinstance(value, bool) and value == value
