"""The rules every row must pass before anybody can see its version; the same rules trainers were found to
need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exports.domain.columns import (
    BLOCKS,
    MEDIA_TAGS,
    MESSAGES,
    PICTURE_TYPES,
    RESERVED_NAMES,
    Column,
    ListOf,
    Struct,
)
from exports.domain.identity import normalised
from exports.domain.kinds import KINDS, Kind

_ROLES = frozenset({"system", "user", "assistant", "tool"})
_WHOLE_NUMBERS = {"int8": 7, "int16": 15, "int32": 31, "int64": 63}


def kind_problems(kind: str) -> list[str]:
    """Return what trainers would trip over in the columns of ``kind``; empty when nothing."""
    declared = KINDS[kind]
    names = [column.name for column in declared.columns]
    allowed = {"images", "videos"} if declared.is_tagged else {"images"} if declared.has_pictures else set()
    problems = [
        f"{name!r} is a name trainers take for something else."
        for name in names
        if name in RESERVED_NAMES - allowed
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
    if declared.is_tagged:
        yield from _tag_problems(values)
    elif "images" in values:
        yield from _picture_problems(declared, values)
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
    if chosen and rejected and _text_of(chosen[-1]) == _text_of(rejected[-1]):
        yield "chosen and rejected have the same text: a tie would be trained as a preference."


def _picture_problems(declared: Kind, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a trainer with eyes would trip over: each picture has its block, and every turn says something."""
    turns = [turn for column in declared.own if column.type == BLOCKS for turn in values[column.name]]
    shown = sum(block["type"] == "image" for turn in turns for block in turn["content"])
    if shown != len(values["images"]):
        yield f"{shown} blocks stand for {len(values['images'])} pictures."
    if any(not turn["content"] for turn in turns):
        yield "A turn is empty."
    if any(turn["role"] not in _ROLES for turn in turns):
        yield "A turn has a role that no chat template knows."


def _tag_problems(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a text has more or fewer tags than there are media."""
    pictures = (("messages", "images"), ("rejected_messages", "rejected_images"))
    others = tuple(
        (turns, name) for turns in ("messages", "rejected_messages") for name in ("videos", "audios")
    )
    for turns, name in (*pictures, *others):
        if turns not in values:
            continue
        tag = MEDIA_TAGS[name.removeprefix("rejected_").removesuffix("s")]
        found = sum(turn["content"].count(tag) for turn in values[turns])
        if found != len(values[name]):
            yield f"{turns} has {found} times {tag} for {len(values[name])} {name}."


def _text_of(message: Mapping[str, Any]) -> str:
    content = message["content"]
    said = content if isinstance(content, str) else "".join(block["text"] or "" for block in content)
    return normalised(said)


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
    if kind == "string" or kind in PICTURE_TYPES:
        return isinstance(value, str)
    if kind == "bool":
        return isinstance(value, bool)
    if kind in _WHOLE_NUMBERS:
        return (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2 ** _WHOLE_NUMBERS[kind]
        )
    return isinstance(value, float | int) and not isinstance(value, bool) and value == value
