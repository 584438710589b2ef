"""Reads of rounds, scans and models; each scoped to the projects the caller may see results of."""

from __future__ import annotations

from active_learning.selectors.findings import (
    FindingView,
    finding_get,
    findings_of,
    findings_shown,
    scan_findings,
)
from active_learning.selectors.harm_found import harm_found
from active_learning.selectors.judging import (
    judging_calls_of,
    judging_get,
    judging_items,
    judgings_in,
)
from active_learning.selectors.learnable import clauses_decided
from active_learning.selectors.rounds import model_get, models_in, picks_of, round_get, rounds_in
from active_learning.selectors.scan_gold import scan_gold
from active_learning.selectors.scans import (
    decisions_confirmed,
    scan_advice,
    scan_get,
    scan_kinds,
    scan_precision,
    scans_in,
    suspect_get,
    suspects_of,
)

__all__ = [
    "FindingView",
    "clauses_decided",
    "decisions_confirmed",
    "finding_get",
    "findings_of",
    "findings_shown",
    "harm_found",
    "judging_calls_of",
    "judging_get",
    "judging_items",
    "judgings_in",
    "model_get",
    "models_in",
    "picks_of",
    "round_get",
    "rounds_in",
    "scan_advice",
    "scan_findings",
    "scan_get",
    "scan_gold",
    "scan_kinds",
    "scan_precision",
    "scans_in",
    "suspect_get",
    "suspects_of",
]
