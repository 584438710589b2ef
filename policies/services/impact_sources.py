from __future__ import annotations

from policies.domain.impact import AffectedItem, ImpactCount, ImpactSource, StoppedMeaning

__all__ = [
    "AffectedItem",
    "ImpactCount",
    "ImpactSource",
    "StoppedMeaning",
    "impact_source_register",
    "impact_sources",
]

_sources: dict[str, ImpactSource] = {}


def impact_source_register(source: ImpactSource) -> None:
    """Make ``source`` take part in every impact and campaign; called once per app, when Django is ready."""
    _sources[source.name] = source


def impact_sources() -> list[ImpactSource]:
    """Return the registered sources, by name."""
    return [_sources[name] for name in sorted(_sources)]
