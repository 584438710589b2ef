"""Writes of rounds and scans. What runs on workers is started here and lives in ``active_learning.runs``."""

from __future__ import annotations

from active_learning.services.rounds import round_start
from active_learning.services.scans import scan_start
from active_learning.services.suspects import suspect_ask, suspect_review

__all__ = ["round_start", "scan_start", "suspect_ask", "suspect_review"]
