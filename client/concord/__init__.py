"""Command and Python client of Concord."""

from __future__ import annotations

from concord.client import Client
from concord.errors import ConcordError
from concord.loading import load

__all__ = ["Client", "ConcordError", "load"]
