"""Cutting items into batches of like size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def batches_by_size(sizes: Sequence[int], *, most_items: int, most_total: int) -> Iterator[list[int]]:
    """Yield the positions of the items batch by batch, smallest items first.

    Items of like size share a batch, so little is spent on padding.

    Parameters
    ----------
    sizes
        Size of each item (tokens, pixels), at least 0.
    most_items
        A batch holds at most this many items.
    most_total
        Items × the largest size among them stays at or below this, unless one item alone is larger.
    """
    order = sorted(range(len(sizes)), key=lambda position: (sizes[position], position))
    batch: list[int] = []
    for position in order:
        grown = (len(batch) + 1) * max(sizes[position], 1)
        if batch and (len(batch) >= most_items or grown > most_total):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
