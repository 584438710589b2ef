"""Texts and images a worker encodes a second, beside a plain loop, and what two workers do on one machine.

For each of the encoders that come inside packages, on the processor (or the card, where there is one): items a second
of one worker with one thread; the same weights in a plain loop of batches of 32 in the order they come; the share of
the machine's arithmetic, which is the operations that the model needs for these items (torch's own count, padding left
out) over what one large matrix product reaches in the same run; and items a second of one and of two workers that take
shards of one list, in processes of their own. Texts are passages people wrote where shared data is at hand, otherwise
drawn; images are drawn. On a processor one worker is timed in seconds of processor, which others' work on the machine
changes little; one and two workers are compared on the clock, which tells something on an idle machine alone (the load
stands beside). Run it by ``make bench NAME=encoder_throughput``; ``TEXTS``, ``IMAGES``, ``ROUNDS`` and ``SEED`` change
it, ``WORKERS=0`` leaves the two workers out.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from active_learning.learners.encoders.bundled import BundledImageEncoder, bundled_text_encoder
from benchmarks.encoding.items import images_drawn, passages
from benchmarks.encoding.workers import seconds_of_workers

TEXTS = int(os.environ.get("TEXTS", "2000"))
IMAGES = int(os.environ.get("IMAGES", "128"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEED = int(os.environ.get("SEED", "7"))
PLAIN_BATCH = 32
PRODUCT = 2048
COMPARES_WORKERS = os.environ.get("WORKERS", "1") == "1"
now: Callable[[], float] = time.perf_counter if torch.cuda.is_available() else time.process_time
"""One thread's seconds of processor; a card's on the clock, since it works beside the processor."""


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(1)
    texts, images = passages(TEXTS, seed=SEED), images_drawn(IMAGES, seed=SEED)
    peak = operations_a_second(device)
    figures: dict[str, Any] = {
        "name": "encoder_throughput",
        "seed": SEED,
        "device": device.type,
        "threads_a_worker": 1,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "matrix_product_gflop_s": round(peak / 1e9, 1),
    }
    text, image = bundled_text_encoder(device), BundledImageEncoder(device)
    figures["text"] = measured(
        texts,
        text.encode,
        lambda: plain_texts(text, texts),
        operations=text_operations(text, texts),
        peak=peak,
    )
    figures["image"] = measured(
        images,
        image.encode,
        lambda: plain_images(image, images),
        operations=image_operations(image, images),
        peak=peak,
    )
    for kind, items in (("text", texts), ("image", images)) if COMPARES_WORKERS else ():
        one, two = (seconds_of_workers(kind, items, workers) for workers in (1, 2))
        figures[kind] |= {
            "one_worker_items_s": round(len(items) / one, 1),
            "two_workers_items_s": round(len(items) / two, 1),
            "two_to_one": round(one / two, 2),
        }
    print(json.dumps(figures))


def measured(
    items: Sequence[Any],
    ours: Callable[[Sequence[Any]], np.ndarray],
    plain: Callable[[], np.ndarray],
    *,
    operations: float,
    peak: float,
) -> dict[str, Any]:
    """Time ours and the plain loop by turns, and hold their vectors against each other."""
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    vectors: dict[str, np.ndarray] = {}
    ours(items[:PLAIN_BATCH])
    for _ in range(ROUNDS):
        for name, encode in (("ours", lambda: ours(items)), ("plain", plain)):
            start = now()
            vectors[name] = encode()  # type: ignore[no-untyped-call]
            taken[name].append(now() - start)
    seconds = {name: statistics.median(times) for name, times in taken.items()}
    return {
        "items": len(items),
        "items_s": round(len(items) / seconds["ours"], 1),
        "plain_loop_items_s": round(len(items) / seconds["plain"], 1),
        "plain_to_ours": round(seconds["plain"] / seconds["ours"], 2),
        "least_cosine_to_plain": round(float((vectors["ours"] * vectors["plain"]).sum(axis=1).min()), 5),
        "mflop_an_item": round(operations / len(items) / 1e6, 1),
        "share_of_arithmetic": round(operations / seconds["ours"] / peak, 3),
    }


def operations_a_second(device: torch.device) -> float:
    """Return what one large product of float32 matrices reaches, the best of ten."""
    one = torch.rand(PRODUCT, PRODUCT, device=device)
    best = float("inf")
    for _ in range(10):
        start = now()
        (one @ one)[0, 0].item()
        best = min(best, now() - start)
    return 2 * PRODUCT**3 / best


def plain_texts(encoder: Any, texts: Sequence[str]) -> np.ndarray:
    """Encode as a first loop would: batches in the order of the texts, each filled up to its longest."""
    found = [
        encoder._vectors(texts[start : start + PLAIN_BATCH]) for start in range(0, len(texts), PLAIN_BATCH)
    ]
    return _of_length_one(np.concatenate(found))


def plain_images(encoder: BundledImageEncoder, images: Sequence[bytes]) -> np.ndarray:
    """Encode image by image, as a first loop would."""
    return np.concatenate([encoder.encode([image]) for image in images])


def _of_length_one(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def text_operations(encoder: Any, texts: Sequence[str]) -> float:
    """Count the operations for the texts' own tokens, by length: what fills up a batch is not counted."""
    counted = encoder._tokenizer(list(texts), truncation=True, max_length=encoder._most_tokens)["input_ids"]
    of_length: dict[int, list[str]] = defaultdict(list)
    for text, tokens in zip(texts, counted, strict=True):
        of_length[len(tokens)].append(text)
    return sum(len(alike) * _counted(partial(encoder._vectors, alike[:1])) for alike in of_length.values())


def image_operations(encoder: BundledImageEncoder, images: Sequence[bytes]) -> float:
    """Count the operations of one image; all are squeezed to one size."""
    return len(images) * _counted(partial(encoder.encode, images[:1]))


def _counted(work: Callable[[], object]) -> float:
    counter: Any = FlopCounterMode(display=False)
    with counter:
        work()
    return float(counter.get_total_flops())


if __name__ == "__main__":
    main()
