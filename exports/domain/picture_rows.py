"""From judged responses about pictures to rows of ``sft_vlm``, ``dpo_vlm``, ``kto_vlm`` and ``image_pref``.

Which response is chosen, and why none is, follows the rules of `pair_rows`, for slates those of `slate_rows`. A reply
that shows something makes no row of the first three, whose trainers load pictures of the prompt alone; ``image_pref``
takes two replies of one picture each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_again
from exports.domain.columns import BLOCKS
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.kinds import KINDS
from exports.domain.pair_rows import comparison_problem, pair_of, preferred_row, rows_in_words
from exports.domain.records import JudgedComparison, JudgedSlate, Prompted, ResponseRecord
from exports.domain.slate_rows import slate_unpaired_rows

SEEING: Mapping[str, str] = {"sft_vlm": "sft", "dpo_vlm": "dpo", "kto_vlm": "kto"}
"""Kinds whose prompts may show pictures, each with the kind of rows in words that it follows."""


def picture_rows(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of a kind of `SEEING` that a comparison gives, and what it does not give.

    They are those of its kind in words, with the pictures where the messages show them. As there, a slate makes its
    single replies itself.
    """
    if kind == "kto_vlm" and comparison.slate_id is not None:
        return
    if comparison.prompt_pictures is None:
        reason = comparison_problem(replace(comparison, prompt_has_media=True), terms)
        yield Excluded(kind, subject_key(comparison.id), comparison.id, reason or Reason.HAS_MEDIA)
        return
    seen = replace(comparison, prompt_has_media=False)
    yield from _with_pictures(kind, rows_in_words(SEEING[kind], seen, terms), comparison)


def picture_slate_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``kto_vlm`` that a slate gives: those of ``kto``, with the pictures of its prompt."""
    seen = replace(slate, prompt_has_media=slate.prompt_pictures is None)
    return _with_pictures("kto_vlm", slate_unpaired_rows(seen, terms), slate)


def _with_pictures(kind: str, items: Iterable[Row | Excluded], judged: Prompted) -> Iterator[Row | Excluded]:
    pictures = judged.prompt_pictures or ()
    shown = [*pictures, *((),) * (len(judged.prompt) - len(pictures))]
    for item in items:
        yield replace(item, kind=kind) if isinstance(item, Excluded) else _seen(kind, item, shown)


def _seen(kind: str, row: Row, shown: Sequence[Sequence[str]]) -> Row:
    """Return a row in words with the pictures of its prompt."""
    own: dict[str, Any] = {}
    for column in KINDS[kind].own:
        if column.name == "images":
            own["images"] = [picture for of_message in shown for picture in of_message]
        elif column.type == BLOCKS:
            own[column.name] = _blocks(column.name, row.values[column.name], shown)
        else:
            own[column.name] = row.values[column.name]
    return row_again(kind, row, own)


def _blocks(
    name: str, turns: Sequence[Mapping[str, str]], shown: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    """Return a conversation as blocks; what is no reply begins with the prompt, whose messages show pictures."""
    beside = shown if name in {"prompt", "messages"} else ()
    return [
        {
            "role": turn["role"],
            "content": [
                *({"type": "image", "text": None} for _ in (beside[place] if place < len(beside) else ())),
                *_words(turn["content"]),
            ],
        }
        for place, turn in enumerate(turns)
    ]


def picture_pair_rows(comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the row of ``image_pref`` a comparison gives, or why it gives none; the first picture is A's."""
    one, other = _picture_of(comparison.response_a), _picture_of(comparison.response_b)
    key = subject_key(comparison.id)
    if one is None or other is None:
        yield Excluded("image_pref", key, comparison.id, Reason.NOT_PICTURES)
        return
    # Told apart by what they show, as replies in words are by their text.
    named = replace(
        comparison,
        response_a=_named(comparison.response_a, one),
        response_b=_named(comparison.response_b, other),
    )
    pair = comparison_problem(named, terms) or pair_of(named, terms)
    if isinstance(pair, Reason):
        yield Excluded("image_pref", key, comparison.id, pair)
        return
    own = {
        "jpg_0": one,
        "jpg_1": other,
        "label_0": 1.0 if pair.chosen == "a" else 0.0,
        "caption": comparison.prompt[-1][1],
    }
    yield preferred_row("image_pref", key, own, comparison, pair, terms)


def _picture_of(response: ResponseRecord) -> str | None:
    return response.pictures[0] if response.pictures is not None and len(response.pictures) == 1 else None


def _named(response: ResponseRecord, picture: str) -> ResponseRecord:
    return replace(response, has_media=False, text=picture)


def _words(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text}] if text else []
