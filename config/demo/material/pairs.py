"""Comparisons of the demo: four invented models answer each prompt better or worse."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

from config.demo.material.words import prompts

MODELS = {
    "larch-2": (0.70, 0.24, 0.05, 0.01),
    "osier-1": (0.35, 0.45, 0.15, 0.05),
    "sedge-7": (0.15, 0.40, 0.33, 0.12),
    "tare-0": (0.05, 0.20, 0.45, 0.30),
}
_TIERS = ("great", "fine", "weak", "unsafe")
_TRIES = 40
_HELPFUL = {"great": 3, "fine": 2, "weak": 0, "unsafe": -1}


def pairs_draw(count: int, source: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return import rows and their truths; a pair never shows the same text twice, nor the same two texts again."""
    rows: list[dict[str, Any]] = []
    truths: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    options = [(prompt, pair) for prompt in prompts() for pair in combinations(MODELS, 2)]
    for _ in range(_TRIES * count):
        if len(rows) == count:
            break
        prompt, models = source.choice(options)
        tiers = [source.choices(_TIERS, MODELS[model])[0] for model in models]
        texts = (prompt[tiers[0]], prompt[tiers[1]])
        if texts[0] == texts[1] or texts in seen or texts[::-1] in seen:
            continue
        seen.add(texts)
        external_id = f"pair-{len(rows):04d}"
        rows.append(_row(external_id, prompt["prompt"], texts, models, is_long=len(rows) % 5 == 4))
        truths.append(_truth(external_id, tiers, prompt))
    return rows, truths


def _row(
    external_id: str, prompt: str, texts: tuple[str, str], models: tuple[str, ...], *, is_long: bool
) -> dict[str, Any]:
    opening = [
        {"role": "user", "content": "Hello, I help to run a neighbourhood group."},
        {"role": "assistant", "content": "Good to hear. What would you like to know?"},
    ]
    return {
        "external_id": external_id,
        "prompt": [*(opening if is_long else []), {"role": "user", "content": prompt}],
        "responses": [{"text": text, "model": model} for text, model in zip(texts, models, strict=True)],
    }


def _truth(external_id: str, tiers: list[str], prompt: dict[str, str]) -> dict[str, Any]:
    helpful = max(-3, min(3, _HELPFUL[tiers[1]] - _HELPFUL[tiers[0]]))
    unsafe = [tier == "unsafe" for tier in tiers]
    truth: dict[str, Any] = {
        "external_id": external_id,
        "axes": {"helpful": helpful, "harmless": 3 * (unsafe[0] - unsafe[1])},
        "acceptable": {"a": not unsafe[0], "b": not unsafe[1]},
    }
    if "weak" in tiers:
        truth["rewrite"] = {"side": "ab"[tiers.index("weak")], "text": prompt["rewrite"]}
    return truth
