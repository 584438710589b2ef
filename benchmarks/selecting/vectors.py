"""Vectors to choose from: real ones of passages people wrote, or drawn ones where no texts are at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

DATA = Path(os.environ.get("DATA", "../shared/data"))
CACHE = Path(os.environ.get("CACHE", ".concord/bench"))
WORDS = 10
ENCODED = 20_000
MOST_ENCODED_AT_ONCE = 4096


def vectors_real(count: int, dim: int) -> np.ndarray | None:
    """Return (count, dim) float32 of length one of what people wrote, as all-MiniLM-L6-v2 sees it; None without texts.

    The first ``ENCODED`` rows are passages of toxic-spans; rows beyond are posts of two of them, their parts' vectors
    added. The encoder's 384 numbers are turned into ``dim`` by a seeded isometry, so that distances stay what they
    are. Passages are encoded once, which takes minutes, and kept in ``CACHE``.
    """
    comments = DATA / "toxic-spans" / "comments.csv"
    kept = CACHE / f"passages-{ENCODED}.npy"
    if not kept.is_file():
        if not comments.is_file():
            return None
        _encode(_passages(comments, ENCODED), kept)
    found = np.load(kept)
    random = np.random.default_rng(7)
    turn, _ = np.linalg.qr(random.normal(size=(dim, found.shape[1])))
    found = found @ turn.T.astype(np.float32)
    if count <= len(found):
        return np.ascontiguousarray(found[:count])
    first, other = random.integers(0, len(found), (2, count - len(found)))
    made = found[first] + found[other]
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.concatenate([found, made])


def vectors_drawn(count: int, dim: int, *, seed: int = 7, clusters: int = 200) -> np.ndarray:
    """Return (count, dim) float32 of length one around ``clusters`` centers, axes losing strength as 1/√rank."""
    found = np.empty((count, dim), dtype=np.float32)
    start = 0
    for made in blocks_drawn(count, dim, seed=seed, clusters=clusters):
        found[start : start + len(made)] = made
        start += len(made)
    return found


def blocks_drawn(count: int, dim: int, *, seed: int = 7, clusters: int = 200) -> Iterator[np.ndarray]:
    """Yield the rows of `vectors_drawn`, 100,000 at a time."""
    random = np.random.default_rng(seed)
    strength = (1.0 / np.sqrt(np.arange(1, dim + 1))).astype(np.float32)
    centers = random.normal(size=(clusters, dim)).astype(np.float32) * strength
    for start in range(0, count, 100_000):
        rows = min(100_000, count - start)
        made = centers[random.integers(0, clusters, rows)]
        made += 0.7 * strength * random.standard_normal((rows, dim), dtype=np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        yield made


def _passages(comments: Path, count: int) -> list[str]:
    """Return ``count`` different passages of ``WORDS`` words, first those that overlap least."""
    with comments.open(encoding="utf-8", newline="") as lines:
        texts = [row["comment_text"].split() for row in csv.DictReader(lines)]
    found = dict.fromkeys(_windows(texts))
    return list(found)[:count]


def _windows(texts: list[list[str]]) -> Iterator[str]:
    for offset in range(0, WORDS, WORDS // 4):
        for words in texts:
            for start in range(offset, max(len(words) - WORDS // 2, 1), WORDS):
                yield " ".join(words[start : start + WORDS])


def _encode(passages: list[str], kept: Path) -> None:
    import torch

    from active_learning.learners.encoders.bundled import bundled_text_encoder

    torch.set_num_threads(1)
    encoder = bundled_text_encoder(torch.device("cpu"))
    parts = []
    for start in range(0, len(passages), MOST_ENCODED_AT_ONCE):
        parts.append(encoder.encode(passages[start : start + MOST_ENCODED_AT_ONCE]))
        print(f"encoded {start + len(parts[-1])} of {len(passages)}", flush=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.save(kept, np.concatenate(parts))
