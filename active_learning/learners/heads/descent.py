"""Lowest points of several smooth convex functions at once: L-BFGS (Liu and Nocedal 1989) from a given scaling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices

Numbers = NDArray[np.float64]
Steps = list[tuple[Numbers, Numbers]]

KEPT_STEPS = 10
HALVINGS = 12
ENOUGH = 1e-4
"""The share of the decrease a step promises that it must keep (Armijo)."""

ROUNDING = 2e-7
"""Losses this close, as a share, are the same in float32."""


class Functions(Protocol):
    """Functions of as many values each."""

    def losses(self, values: Numbers, heads: Indices) -> tuple[Numbers, Numbers]:
        """Return the losses (heads,) and gradients (heads, values) of some functions at ``values``."""
        ...

    def scaled(self, gradient: Numbers, heads: Indices) -> Numbers:
        """Return gradients (heads, values) times a rough, positive inverse of the curvature."""
        ...


@dataclass(frozen=True)
class Descent:
    """Where the descent ended.

    Attributes
    ----------
    values
        (heads, values)
    steps
        The last steps and what each changed of the gradients, both (heads, values): the curvature, as it was met.
    """

    values: Numbers
    steps: Steps


def descended(
    functions: Functions,
    values: Numbers,
    *,
    tolerance: float,
    most_steps: int,
    steps: Sequence[tuple[Numbers, Numbers]] = (),
) -> Descent:
    """Go down from ``values`` (heads, values) until no function has more than ``tolerance`` to gain.

    What is to gain is what the next step promises, half its slope. Functions that are done are asked no more.

    Parameters
    ----------
    steps
        Steps of an earlier descent on functions alike, for the curvature they tell of.
    """
    heads = np.arange(len(values))
    values, kept = values.astype(np.float64), list(steps)
    losses, gradients = functions.losses(values, heads)
    for _ in range(most_steps):
        ahead = -_directed(functions, gradients[heads], [(s[heads], c[heads]) for s, c in kept], heads)
        promised = -_dot(gradients[heads], ahead)
        is_open = promised > 2.0 * tolerance
        heads, ahead, promised = heads[is_open], ahead[is_open], promised[is_open]
        if len(heads) == 0:
            break
        step, change = np.zeros_like(values), np.zeros_like(values)
        moved, loss, gradient = _stepped(functions, values[heads], ahead, losses[heads], promised, heads)
        step[heads], change[heads] = moved - values[heads], gradient - gradients[heads]
        values[heads], losses[heads], gradients[heads] = moved, loss, gradient
        kept = [*kept, (step, change)][-KEPT_STEPS:]
    return Descent(values, kept)


def _dot(left: Numbers, right: Numbers) -> Numbers:
    found: Numbers = np.einsum("hv,hv->h", left, right)
    return found


def _directed(functions: Functions, gradients: Numbers, steps: Steps, heads: Indices) -> Numbers:
    """Return the gradients times the inverse of the curvature, as the kept steps tell it (two loops of L-BFGS)."""
    found, shares = gradients.copy(), []
    bends = [_dot(step, change) for step, change in steps]
    inverse = [np.divide(1.0, bend, out=np.zeros_like(bend), where=bend > 0) for bend in bends]
    for (step, change), one in zip(reversed(steps), reversed(inverse), strict=True):
        share = one * _dot(step, found)
        found -= share[:, np.newaxis] * change
        shares.append(share)
    found = functions.scaled(found, heads)
    if steps:
        last = steps[-1][1]
        across = _dot(last, functions.scaled(last, heads))
        ratio = np.divide(bends[-1], across, out=np.ones_like(across), where=(across > 0) & (bends[-1] > 0))
        found *= ratio[:, np.newaxis]
    for (step, change), one, share in zip(steps, inverse, reversed(shares), strict=True):
        found += (share - one * _dot(change, found))[:, np.newaxis] * step
    return found


def _stepped(
    functions: Functions, values: Numbers, ahead: Numbers, losses: Numbers, promised: Numbers, heads: Indices
) -> tuple[Numbers, Numbers, Numbers]:
    """Return values, losses and gradients one step on; steps that gain too little are halved, in the end not taken."""
    length = np.ones(len(heads))
    moved = values + ahead
    loss, gradient = functions.losses(moved, heads)
    for halving in range(HALVINGS):
        far = loss > losses - ENOUGH * length * promised + ROUNDING * np.abs(losses)
        if not far.any():
            break
        length[far] = length[far] / 2 if halving < HALVINGS - 1 else 0.0
        moved[far] = values[far] + length[far, np.newaxis] * ahead[far]
        loss[far], gradient[far] = functions.losses(moved[far], heads[far])
    return moved, loss, gradient
