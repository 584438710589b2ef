"""Writes of this app: what agents propose, and that they read posts."""

from __future__ import annotations

from agents.services.proposals import Proposed, proposal_make
from agents.services.reading import post_read

__all__ = ["Proposed", "post_read", "proposal_make"]
