"""Fitting many logistic heads on the same embeddings at once."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from active_learning.learners.compute import one_thread

BALANCE_FLOOR = 1e-9


@dataclass(frozen=True)
class Features:
    """Centred and scaled embeddings, turned into the space their rows span.

    With fewer items than dimensions this space is smaller, and an L2-regularised linear fit in it is the same fit.

    Attributes
    ----------
    rows
        (items, rank), float64.
    basis
        (dim, rank); ``weights = basis @ fitted``. None when the space was not turned.
    center
        (dim,)
    scale
        Makes the mean squared length of a row one.
    """

    rows: torch.Tensor
    basis: torch.Tensor | None
    center: torch.Tensor
    scale: float


@dataclass(frozen=True)
class LinearWeights:
    """Heads fitted together: weight (heads, dim, classes) and bias (heads, classes) on centred, scaled rows."""

    weight: torch.Tensor
    bias: torch.Tensor


def features_prepared(vectors: torch.Tensor) -> Features:
    """Centre, scale and turn embeddings (items, dim)."""
    rows = vectors.double()
    center = rows.mean(dim=0)
    rows = rows - center
    length = float(rows.square().sum(dim=1).mean().sqrt())
    scale = 1.0 / length if length > 0 else 1.0
    rows = rows * scale
    if rows.shape[0] >= rows.shape[1]:
        return Features(rows=rows, basis=None, center=center, scale=scale)
    with one_thread():
        left, singular, right = torch.linalg.svd(rows, full_matrices=False)
    kept = singular > 1e-9
    return Features(rows=left[:, kept] * singular[kept], basis=right[kept].T, center=center, scale=scale)


def class_balanced(weights: torch.Tensor, labels: torch.Tensor, *, classes: int) -> torch.Tensor:
    """Return item weights (heads, items) under which each class present weighs the same in a head, summing to one."""
    members = torch.nn.functional.one_hot(labels, classes).double()
    totals = weights @ members
    present = (totals > 0).double()
    share = present / present.sum(dim=1, keepdim=True).clamp(min=1.0)
    per_class = share / totals.clamp(min=BALANCE_FLOOR)
    return weights * (per_class @ members.T)


def heads_fitted(
    features: Features,
    labels: torch.Tensor,
    *,
    classes: int,
    weights: torch.Tensor,
    l2: torch.Tensor,
    steps: int = 80,
) -> LinearWeights:
    """Fit one multinomial logistic regression per row of ``weights``, all in one run of L-BFGS.

    Minimises, per head, Σ weightᵢ · cross-entropyᵢ + l2/2 · ‖W‖² with class-balanced weights. The bias is free.

    Parameters
    ----------
    labels
        (items,), 0 … classes − 1.
    weights
        (heads, items), at least 0; an item with weight 0 is not seen by that head.
    l2
        (heads,), above 0.
    """
    balanced = class_balanced(weights.double(), labels, classes=classes)
    heads, rank = weights.shape[0], features.rows.shape[1]
    weight = torch.zeros(
        (heads, rank, classes), dtype=torch.float64, device=features.rows.device, requires_grad=True
    )
    bias = torch.zeros((heads, classes), dtype=torch.float64, device=features.rows.device, requires_grad=True)
    descent = torch.optim.LBFGS(
        [weight, bias], max_iter=steps, tolerance_grad=1e-7, history_size=10, line_search_fn="strong_wolfe"
    )

    def closure() -> torch.Tensor:
        descent.zero_grad()
        logits = torch.einsum("nr,hrk->hnk", features.rows, weight) + bias[:, None, :]
        losses = -torch.log_softmax(logits, dim=2).gather(2, labels.expand(heads, -1).unsqueeze(2)).squeeze(2)
        total = (balanced * losses).sum() + 0.5 * (l2 * weight.square().sum(dim=(1, 2))).sum()
        total.backward()
        return total

    with one_thread():
        descent.step(closure)
    return LinearWeights(weight=weight.detach(), bias=bias.detach())
