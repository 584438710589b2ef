"""Reads of rounds, scans and models; each scoped to the projects the caller may see results of."""

from __future__ import annotations

from active_learning.selectors.harm_found import harm_found
from active_learning.selectors.judging import (
    judging_calls_of,
    judging_get,
    judging_items,
    judgings_in,
)
from active_learning.selectors.learnable import clauses_decided
from active_learning.selectors.maps import map_choices, map_get, map_points, maps_in
from active_learning.selectors.rounds import model_get, models_in, picks_of, round_get, rounds_in
from active_learning.selectors.scans import (
    decisions_confirmed,
    scan_get,
    scan_precision,
    scans_in,
    suspect_get,
    suspects_of,
)

__all__ = [
    "clauses_decided",
    "decisions_confirmed",
    "harm_found",
    "judging_calls_of",
    "judging_get",
    "judging_items",
    "judgings_in",
    "map_choices",
    "map_get",
    "map_points",
    "maps_in",
    "model_get",
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
