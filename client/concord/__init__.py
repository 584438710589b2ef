"""Command and Python client of Concord."""

from __future__ import annotations

from concord.client import Client
from concord.errors import ConcordError
from concord.loading import load
from concord.training import model, runs, train

__all__ = ["Client", "ConcordError", "load", "model", "runs", "train"]
