"""From judged responses to rows of the tagged dialect, which carries pictures, video and sound.

Which rows a comparison makes follows `pair_rows`, for slates `slate_rows`. At the beginning of each text a tag stands
for each of its media; the media are named beside the row by their path in the version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_again
from exports.domain.columns import MEDIA_TAGS
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.pair_rows import comparison_problem, rows_in_words
from exports.domain.records import JudgedComparison, JudgedSlate, MediaRecord, Prompted, ResponseRecord
from exports.domain.slate_rows import slate_unpaired_rows

TAGGED: Mapping[str, str] = {"tagged_sft": "sft", "tagged_rm": "rm", "tagged_kto": "kto"}
"""Kinds of the dialect, each with the kind of rows in words that it follows."""

_COLUMNS = {"image": "images", "video": "videos", "audio": "audios"}
# No stored text holds this: after it a text says which media its tags stand for, so that equal tags are told apart.
_BESIDE = "\x00"


def tagged_rows(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of a kind of `TAGGED` that a comparison gives, and what it does not give.

    A slate makes its single replies itself; a reply of a pair may show pictures, and no other media.
    """
    if kind == "tagged_kto" and comparison.slate_id is not None:
        return
    seen = _tagged(comparison)
    reason = _problem(kind, comparison)
    if seen is None or reason is not None:
        known = comparison_problem(replace(comparison, prompt_has_media=seen is None), terms)
        yield Excluded(kind, subject_key(comparison.id), comparison.id, known or reason or Reason.HAS_MEDIA)
        return
    for item in rows_in_words(TAGGED[kind], seen, terms):
        yield replace(item, kind=kind) if isinstance(item, Excluded) else _row(kind, item, comparison)


def tagged_slate_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``tagged_kto`` that a slate gives, and what it does not give, by place."""
    prompt = _prompt(slate)
    seen = replace(
        slate,
        prompt=prompt or slate.prompt,
        prompt_has_media=prompt is None,
        responses=tuple(_reply(response) or response for response in slate.responses),
    )
    asked = [text for _, text in slate.prompt]
    for response, item in zip(slate.responses, slate_unpaired_rows(seen, terms), strict=True):
        if isinstance(item, Excluded):
            yield replace(item, kind="tagged_kto")
        elif _hold_a_tag([*asked, response.text]):
            yield Excluded("tagged_kto", item.values["example_id"], slate.id, Reason.TAG_IN_TEXT)
        else:
            yield _row("tagged_kto", item, slate)


def _problem(kind: str, comparison: JudgedComparison) -> Reason | None:
    shown = [item for response in comparison.all_responses for item in response.media or ()]
    if kind == "tagged_rm" and any(item.kind != "image" for item in shown):
        return Reason.HAS_MEDIA
    said = [text for _, text in comparison.prompt]
    said += [response.text for response in comparison.all_responses]
    said += [text for judgment in comparison.judgments for text in judgment.rewrites.values()]
    return Reason.TAG_IN_TEXT if _hold_a_tag(said) else None


def _hold_a_tag(texts: Iterable[str]) -> bool:
    return any(tag in text for tag in MEDIA_TAGS.values() for text in texts)


def _tagged(comparison: JudgedComparison) -> JudgedComparison | None:
    """Return the comparison in words alone, tags in place of media; None where some media cannot be shown."""
    prompt = _prompt(comparison)
    a, b = _reply(comparison.response_a), _reply(comparison.response_b)
    if prompt is None or a is None or b is None:
        return None
    return replace(comparison, prompt=prompt, response_a=a, response_b=b, prompt_has_media=False)


def _prompt(judged: Prompted) -> tuple[tuple[str, str], ...] | None:
    """Return the messages with their tags; None where some of their media cannot be shown."""
    shown = judged.prompt_media
    if shown is None:
        return None
    return tuple(
        (role, _with_tags(text, shown[place] if place < len(shown) else ()))
        for place, (role, text) in enumerate(judged.prompt)
    )


def _reply(response: ResponseRecord) -> ResponseRecord | None:
    if response.media is None:
        return None
    return replace(response, text=_with_tags(response.text, response.media), has_media=False)


def _with_tags(text: str, media: Sequence[MediaRecord]) -> str:
    if not media:
        return text
    beside = json.dumps([item.path for item in media])
    return "".join(MEDIA_TAGS[item.kind] for item in media) + text + _BESIDE + beside


def _row(kind: str, row: Row, judged: Prompted) -> Row:
    values, known = row.values, judged.media_by_path()
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
    return row_again(kind, row, own)


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
