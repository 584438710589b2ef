"""A trained head: what it knows, how it predicts, how it is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as tensors_load
from safetensors.numpy import save as tensors_save

from active_learning.learners.arrays import Probabilities
from active_learning.learners.rows import Rows

FORMAT = "concord-head-1"
ROWS_AT_ONCE = 16_384


class HeadUnreadableError(Exception):
    """The stored bytes are not a head this version reads."""


@dataclass(frozen=True)
class Head:
    """An ensemble of linear classifiers with one temperature.

    Attributes
    ----------
    classes
        The clause's answers, in the order of the probabilities.
    center, scale
        Applied to a vector first: (vector − center) · scale.
    weight, bias
        (members, dim, classes) and (members, classes).
    log_prior
        (classes,): the members are fitted with classes balanced; this brings back how often each class occurs.
    temperature
        Divides the logits; above one softens.
    about
        Encoder, revision, seed and the like, stored with the tensors.
    """

    classes: tuple[str, ...]
    center: NDArray[np.float32]
    scale: float
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    log_prior: NDArray[np.float32]
    temperature: float
    about: dict[str, Any]

    def members_probabilities(self, vectors: Rows) -> Probabilities:
        """Return (members, items, classes) for vectors (items, dim)."""
        found = np.empty((self.weight.shape[0], len(vectors), len(self.classes)))
        for start in range(0, len(vectors), ROWS_AT_ONCE):
            rows = (vectors[start : start + ROWS_AT_ONCE].astype(np.float64) - self.center) * self.scale
            for member in range(self.weight.shape[0]):
                logits = rows @ self.weight[member].astype(np.float64) + self.bias[member]
                found[member, start : start + len(rows)] = softmax(
                    (logits + self.log_prior) / self.temperature
                )
        return found

    def probabilities(self, vectors: Rows) -> Probabilities:
        """Return (items, classes): the mean over the members."""
        found: Probabilities = self.members_probabilities(vectors).mean(axis=0)
        return found

    def to_bytes(self) -> bytes:
        """Return the head as one safetensors file; the same head always gives the same bytes."""
        return tensors_save(
            {
                "center": np.ascontiguousarray(self.center),
                "weight": np.ascontiguousarray(self.weight),
                "bias": np.ascontiguousarray(self.bias),
                "log_prior": np.ascontiguousarray(self.log_prior),
                "scale": np.array([self.scale], dtype=np.float64),
                "temperature": np.array([self.temperature], dtype=np.float64),
            },
            metadata={
                "concord": json.dumps(
                    {"format": FORMAT, "classes": list(self.classes), "about": self.about}, sort_keys=True
                )
            },
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Head:
        """Read what `to_bytes` wrote.

        Raises
        ------
        HeadUnreadableError
            The bytes are damaged, or no head.
        """
        try:
            tensors = tensors_load(stored)
            described = json.loads(
                json.loads(stored[8 : 8 + int.from_bytes(stored[:8], "little")])["__metadata__"]["concord"]
            )
            if described["format"] != FORMAT:
                raise HeadUnreadableError("The stored model is of a format this version does not read.")
            return cls(
                classes=tuple(described["classes"]),
                center=tensors["center"],
                scale=float(tensors["scale"][0]),
                weight=tensors["weight"],
                bias=tensors["bias"],
                log_prior=tensors["log_prior"],
                temperature=float(tensors["temperature"][0]),
                about=described["about"],
            )
        except (SafetensorError, KeyError, ValueError, TypeError) as problem:
            raise HeadUnreadableError("The stored model is damaged.") from problem


def softmax(logits: NDArray[np.float64]) -> Probabilities:
    """Return probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Probabilities = raised / raised.sum(axis=-1, keepdims=True)
    return found
