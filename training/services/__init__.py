"""Writes of training. What runs on workers is started here and lives in ``training.runs``."""

from __future__ import annotations

from training.services.promotion import run_demote, run_promote
from training.services.runs import file_download_note, run_resume, run_start

__all__ = ["file_download_note", "run_demote", "run_promote", "run_resume", "run_start"]
