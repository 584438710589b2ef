"""Pools whose answers are known, to be labelled again in another order."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(os.environ.get("DATA", "../shared/data"))
CACHE = Path(os.environ.get("CACHE", ".concord/bench"))
HELD_OUT_SHARE = 0.2
RARE_SHARE = 0.05
RARE_CLASS = 6
"""Shirts: the garment others are taken for most."""

IMAGES_AT_ONCE = 500


@dataclass(frozen=True)
class KnownPool:
    """Vectors (items, dim) of length one with known labels (items,), and those that only evaluate.

    Attributes
    ----------
    worth
        (classes,): how much finding each answer is worth; 1 for the rare one, or for every one alike.
    """

    vectors: np.ndarray
    labels: np.ndarray
    test_vectors: np.ndarray
    test_labels: np.ndarray
    worth: np.ndarray

    @property
    def is_rare(self) -> bool:
        """Whether one of two answers is rare and worth more."""
        return len(self.worth) == 2

    def part(self, rows: np.ndarray) -> KnownPool:
        """The same with only these rows to label."""
        return KnownPool(
            self.vectors[rows], self.labels[rows], self.test_vectors, self.test_labels, self.worth
        )


def fashion_pools(dim: int, *, seed: int) -> dict[str, KnownPool] | None:
    """Return the many-class and the rare pool of Fashion-MNIST's test images; None where these are not at hand.

    Images are seen by EfficientNet-Lite0, turned to their first ``dim`` principal axes. Encoding takes 20 minutes of
    one core once and is kept in ``CACHE``.
    """
    folder = DATA / "fashion-mnist-t10k"
    images, labels = folder / "t10k-images-idx3-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz"
    if not labels.is_file():
        return None
    kept = CACHE / "fashion-10000.npy"
    if not kept.is_file():
        _encode(images, kept)
    answers = np.frombuffer(gzip.decompress(labels.read_bytes()), np.uint8, offset=8).astype(np.int64)
    vectors = _turned(np.load(kept), dim)
    random = np.random.default_rng(seed)
    is_rare = answers == RARE_CLASS
    others = np.flatnonzero(~is_rare)
    shirts = random.permutation(np.flatnonzero(is_rare))
    few = shirts[: round(RARE_SHARE / (1 - RARE_SHARE) * len(others))]
    rows = np.sort(np.concatenate([others, few]))
    return {
        "fashion": _split(vectors, answers, np.ones(10), random),
        "fashion_rare": _split(vectors[rows], is_rare[rows].astype(np.int64), np.array([0.0, 1.0]), random),
    }


def simulated_pool(dim: int, *, items: int, seed: int) -> KnownPool:
    """Return a drawn pool of 60 clusters, 5 % of whose posts are harmful: most of five clusters, and few elsewhere."""
    random = np.random.default_rng([seed, 4])
    strength = 1.0 / np.sqrt(np.arange(1, dim + 1))
    centers = random.normal(size=(60, dim)) * strength
    sizes = random.dirichlet(np.full(60, 2.0))
    belongs = random.choice(60, size=items, p=sizes)
    vectors = centers[belongs] + 0.6 * strength * random.normal(size=(items, dim))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    smallest = np.argsort(sizes)[10:15]
    rule = random.normal(size=dim)
    score = (
        np.where(np.isin(belongs, smallest), 2.0, 0.0) + (vectors @ rule) + 0.3 * random.gumbel(size=items)
    )
    labels = (score > np.quantile(score, 1 - RARE_SHARE)).astype(np.int64)
    return _split(vectors.astype(np.float32), labels, np.array([0.0, 1.0]), random)


def _split(
    vectors: np.ndarray, labels: np.ndarray, worth: np.ndarray, random: np.random.Generator
) -> KnownPool:
    order = random.permutation(len(labels))
    count = round(HELD_OUT_SHARE * len(labels))
    test, rows = np.sort(order[:count]), np.sort(order[count:])
    return KnownPool(vectors[rows], labels[rows], vectors[test], labels[test], worth)


def _turned(vectors: np.ndarray, dim: int) -> np.ndarray:
    centred = vectors - vectors.mean(axis=0)
    lengths, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    kept = axes[:, np.argsort(-lengths, kind="stable")[:dim]].astype(np.float32)
    found = centred @ kept
    turned: np.ndarray = found / np.linalg.norm(found, axis=1, keepdims=True)
    return turned


def _encode(images: Path, kept: Path) -> None:
    import torch

    from active_learning.learners.encoders.bundled import BundledImageEncoder

    torch.set_num_threads(1)
    encoder = BundledImageEncoder(torch.device("cpu"))
    pixels = np.frombuffer(gzip.decompress(images.read_bytes()), np.uint8, offset=16).reshape(-1, 28, 28, 1)
    parts = []
    for start in range(0, len(pixels), IMAGES_AT_ONCE):
        frames = np.repeat(pixels[start : start + IMAGES_AT_ONCE], 3, axis=3)
        parts.append(encoder.encode(list(frames)))
        print(f"encoded {start + len(frames)} of {len(pixels)}", flush=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.save(kept, np.concatenate(parts))
