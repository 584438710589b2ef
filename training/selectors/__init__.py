"""Reads of training. Every one for a request is scoped to what the caller may see."""

from __future__ import annotations

from training.selectors.runs import file_get, run_get, runs_in, runs_reading

__all__ = ["file_get", "run_get", "runs_in", "runs_reading"]
