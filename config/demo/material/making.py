"""Putting the material together in a folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.demo.material.pairs import pairs_draw
from config.demo.material.photographs import photograph_paths, variations
from config.demo.material.posts import MediaBox, message_draw, post_draw, truth_of
from config.demo.material.shared_data import SharedData


@dataclass(frozen=True)
class Material:
    """Files to import, and files of what is true that are never imported.

    Attributes
    ----------
    posts_manifest, comparisons_manifest
        JSONL as the imports take it; posts cite media by file name until they are uploaded.
    truth, comparison_truth
        JSONL with the right answers, by ``external_id``.
    media
        Every media file, in the order in which it was made.
    """

    posts_manifest: Path
    comparisons_manifest: Path
    truth: Path
    comparison_truth: Path
    media: list[Path]


def make(
    folder: Path,
    *,
    posts: int = 240,
    messages: int = 0,
    comparisons: int = 60,
    seed: int = 7,
    shared: SharedData | None = None,
) -> Material:
    """Write the material into ``folder``; the same arguments give the same files.

    Parameters
    ----------
    messages
        Posts of words alone, beside the ``posts``.
    shared
        Real data to take media, conversations and pairs from; it is only read.
    """
    material = Material(
        folder / "posts.jsonl",
        folder / "comparisons.jsonl",
        folder / "truth.jsonl",
        folder / "pair_truth.jsonl",
        [],
    )
    source = random.Random(seed)  # noqa: S311
    paths = shared.photographs() if shared else photograph_paths()
    media = MediaBox(folder / "media", variations(paths, source), source)
    drafts = [post_draw(number, media, source) for number in range(posts)]
    drafts += [message_draw(number, source) for number in range(messages)]
    rows = [
        {"external_id": draft.external_id, "language": draft.language, "source": "demo", "parts": draft.parts}
        for draft in drafts
    ]
    truths = [truth_of(draft, source) for draft in drafts]
    pair_rows, pair_truths = shared.pairs(comparisons) if shared else pairs_draw(comparisons, source)
    if shared:
        extra_rows, extra_truths = shared.posts(media)
        rows, truths = rows + extra_rows, truths + extra_truths
    _write(material.posts_manifest, rows)
    _write(material.truth, truths)
    _write(material.comparisons_manifest, pair_rows)
    _write(material.comparison_truth, pair_truths)
    material.media.extend(media.files)
    return material


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
