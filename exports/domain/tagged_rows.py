"""From a judged comparison to rows of the tagged dialect, which carries pictures, video and sound.

Which rows a comparison makes follows `pair_rows`. At the beginning of each text a tag stands for each of its media; the
media are named beside the row by their path in the version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.columns import MEDIA_TAGS
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.kinds import KINDS
from exports.domain.pair_rows import comparison_problem, demonstration_rows, pair_rows, unpaired_rows
from exports.domain.records import JudgedComparison, MediaRecord, ResponseRecord

TAGGED: Mapping[str, str] = {"tagged_sft": "sft", "tagged_rm": "rm", "tagged_kto": "kto"}
"""Kinds of the dialect, each with the kind of rows in words that it follows."""

_COLUMNS = {"image": "images", "video": "videos", "audio": "audios"}
# No stored text holds this: after it a text says which media its tags stand for, so that equal tags are told apart.
_BESIDE = "\x00"


def tagged_rows(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of a kind of `TAGGED` that a comparison gives, and what it does not give.

    Slates make no ``tagged_kto``; a reply of a pair may show pictures, and no other media.
    """
    key = subject_key(comparison.id)
    seen = _tagged(comparison)
    reason = _problem(kind, comparison)
    if seen is None or reason is not None:
        known = comparison_problem(replace(comparison, prompt_has_media=seen is None), terms)
        yield Excluded(kind, key, comparison.id, known or reason or Reason.HAS_MEDIA)
        return
    for item in _in_words(TAGGED[kind], seen, terms):
        yield replace(item, kind=kind) if isinstance(item, Excluded) else _row(kind, item, comparison)


def _problem(kind: str, comparison: JudgedComparison) -> Reason | None:
    if kind == "tagged_kto" and comparison.slate_id is not None:
        return Reason.OF_SLATE
    shown = [item for side in "ab" for item in comparison.response(side).media or ()]
    if kind == "tagged_rm" and any(item.kind != "image" for item in shown):
        return Reason.HAS_MEDIA
    said = [text for _, text in comparison.prompt]
    said += [comparison.response_a.text, comparison.response_b.text]
    said += [text for judgment in comparison.judgments for text in judgment.rewrites.values()]
    holds_a_tag = any(tag in text for tag in MEDIA_TAGS.values() for text in said)
    return Reason.TAG_IN_TEXT if holds_a_tag else None


def _tagged(comparison: JudgedComparison) -> JudgedComparison | None:
    """Return the comparison in words alone, tags in place of media; None where some media cannot be shown."""
    shown = comparison.prompt_media
    a, b = _reply(comparison.response_a), _reply(comparison.response_b)
    if shown is None or a is None or b is None:
        return None
    prompt = [
        (role, _with_tags(text, shown[place] if place < len(shown) else ()))
        for place, (role, text) in enumerate(comparison.prompt)
    ]
    return replace(comparison, prompt=tuple(prompt), response_a=a, response_b=b, prompt_has_media=False)


def _reply(response: ResponseRecord) -> ResponseRecord | None:
    if response.media is None:
        return None
    return replace(response, text=_with_tags(response.text, response.media), has_media=False)


def _with_tags(text: str, media: Sequence[MediaRecord]) -> str:
    if not media:
        return text
    beside = json.dumps([item.path for item in media])
    return "".join(MEDIA_TAGS[item.kind] for item in media) + text + _BESIDE + beside


def _in_words(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    if kind == "rm":
        return pair_rows(kind, comparison, terms)
    return unpaired_rows(comparison, terms) if kind == "kto" else demonstration_rows(kind, comparison, terms)


def _row(kind: str, row: Row, comparison: JudgedComparison) -> Row:
    values, known = row.values, comparison.media_by_path()
    better = values.get("messages") or [
        *values["prompt"],
        *(values["chosen"] if kind == "tagged_rm" else values["completion"]),
    ]
    messages, media = _taken_apart(better, known)
    own: dict[str, Any] = {"messages": messages, **media}
    if kind == "tagged_rm":
        own["rejected_messages"], worse = _taken_apart([*values["prompt"], *values["rejected"]], known)
        own |= {"rejected_images": worse["images"], "margin": values["margin"]}
    elif kind == "tagged_kto":
        own["label"] = values["label"]
    return row_of(
        kind,
        split=row.split,
        own=own,
        provenance={column.name: values[column.name] for column in KINDS[kind].provenance},
        meta=json.loads(values["meta_json"]),
        meanings=row.meanings,
    )


def _taken_apart(
    turns: Sequence[Mapping[str, str]], known: Mapping[str, MediaRecord]
) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Return a conversation as it is trained on, and the paths of what its tags stand for, by column."""
    media: dict[str, list[str]] = {name: [] for name in _COLUMNS.values()}
    messages = []
    for turn in turns:
        text, _, beside = turn["content"].partition(_BESIDE)
        messages.append({"role": turn["role"], "content": text})
        for path in json.loads(beside or "[]"):
            media[_COLUMNS[known[path].kind]].append(path)
    return messages, media
