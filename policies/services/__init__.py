"""Writes of policies. What other apps may use is re-exported here."""

from __future__ import annotations

from policies.services.impact_sources import (
    AffectedItem,
    ImpactCount,
    ImpactSource,
    StoppedMeaning,
    impact_source_register,
)

__all__ = ["AffectedItem", "ImpactCount", "ImpactSource", "StoppedMeaning", "impact_source_register"]
