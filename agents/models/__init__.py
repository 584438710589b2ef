from __future__ import annotations

from agents.models.proposals import Proposal

__all__ = ["Proposal"]
