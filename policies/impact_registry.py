"""Which apps tell what cites a clause; filled once, when Django is ready."""

from __future__ import annotations

from policies.domain.impact import ImpactSource

_sources: dict[str, ImpactSource] = {}


def impact_source_register(source: ImpactSource) -> None:
    """Make ``source`` take part in every impact and campaign; a second one of the same name replaces it."""
    _sources[source.name] = source


def impact_source_remove(name: str) -> None:
    """Take a source out again."""
    _sources.pop(name, None)


def impact_sources() -> list[ImpactSource]:
    """Return the registered sources, by name."""
    return [_sources[name] for name in sorted(_sources)]
