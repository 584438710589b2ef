"""Learning replies as they stand: rows as the trainer takes them, and how well held-out replies are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from active_learning.learners.training.scoring import continuations_of, likelihoods_of, tokens_of
from active_learning.learners.training.seeing import likelihood_seen
from active_learning.learners.training.spec import Spec

_VERDICTS = ('{"violation": 0', '{"violation": 1')
"""How a safeguard's reply begins; see the kind ``guard``."""


def rows_shaped(rows: Any, spec: Spec) -> Any:
    """Return rows as the trainer takes them: with the reply apart where it alone is learned."""
    if spec.recipe not in {"guard", "sft_vlm"}:
        return rows
    import datasets

    has_pictures = "images" in rows.column_names
    if has_pictures:
        rows = rows.cast_column("images", datasets.List(datasets.Image(decode=False)))
    rows = rows.map(_apart, input_columns=["messages"], remove_columns=["messages"])
    return rows.cast_column("images", datasets.List(datasets.Image())) if has_pictures else rows


def _apart(messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"prompt": list(messages[:-1]), "completion": [messages[-1]]}


def replies_scored(spec: Spec, base: Any, model: Any, processing: Any, rows: Any) -> list[dict[str, Any]]:
    """Return a line for each held-out row: what its reply costs before and after training, in nats a token.

    Of a safeguard also how likely it finds that the verdict begins with a violation, 0 to 1.
    """
    rows = rows_shaped(rows, spec)
    lines: list[dict[str, Any]] = [{"example_id": name} for name in rows["example_id"]]
    for name, asked in (("before", base), ("after", model)):
        for line, cost in zip(lines, _costs(spec, asked, processing, rows), strict=True):
            line[name] = cost
        if spec.recipe == "guard":
            found = violations_likely(asked, processing, rows["prompt"], longest=spec.settings.max_length)
            for line, chance in zip(lines, found, strict=True):
                line[f"violating_{name}"] = chance
    return lines


def _costs(spec: Spec, model: Any, processing: Any, rows: Any) -> list[float]:
    if spec.recipe == "sft_vlm":
        found = []
        for row in rows:
            told, tokens = likelihood_seen(
                model, processing, row["prompt"], row["completion"][0], row["images"]
            )
            found.append(-told / max(tokens, 1))
        return found
    longest = spec.settings.max_length
    pairs = [_prompt_and_reply(row) for row in rows]
    told_all = likelihoods_of(model, processing, pairs, longest=longest)
    return [
        -told / reply_tokens(processing, *pair, longest=longest)
        for told, pair in zip(told_all, pairs, strict=True)
    ]


def _prompt_and_reply(row: Mapping[str, Any]) -> tuple[list[Any], Any]:
    turns = row["messages"] if "messages" in row else [*row["prompt"], *row["completion"]]
    return list(turns[:-1]), turns[-1]


def reply_tokens(tokenizer: Any, prompt: Sequence[Any], reply: Any, *, longest: int) -> int:
    """Return how many tokens of a reply `likelihoods_of` counts, at least one."""
    whole = len(tokens_of(tokenizer, [*prompt, reply]))
    start = len(tokens_of(tokenizer, prompt, prompt=True))
    return max(1, min(whole - start, longest - 1))


def violations_likely(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[Any]], *, longest: int
) -> list[float]:
    """Return for each prompt how likely the verdict says violation, of the two it may say."""
    ends = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in _VERDICTS]
    safe, violating = (continuations_of(model, tokenizer, prompts, end, longest=longest) for end in ends)
    return [
        1 / (1 + exp(min(max(one - other, -700.0), 700.0)))
        for one, other in zip(safe, violating, strict=True)
    ]
