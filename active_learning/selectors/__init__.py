"""Reads of rounds, scans and models; each scoped to the projects the caller may see results of."""

from __future__ import annotations

from active_learning.selectors.rounds import models_in, picks_of, round_get, rounds_in
from active_learning.selectors.scans import (
    decisions_confirmed,
    scan_get,
    scan_precision,
    scans_in,
    suspect_get,
    suspects_of,
)

__all__ = [
    "decisions_confirmed",
    "models_in",
    "picks_of",
    "round_get",
    "rounds_in",
    "scan_get",
    "scan_precision",
    "scans_in",
    "suspect_get",
    "suspects_of",
]
