from __future__ import annotations

from collections.abc import Iterator

import pytest

from policies.impact_registry import impact_source_register, impact_source_remove, impact_sources
from tests.policies.recorded_answers import RecordedAnswers


@pytest.fixture
def recorded() -> Iterator[RecordedAnswers]:
    """A source of answers that takes part in impact and campaigns during one test, in place of the real ones."""
    others = impact_sources()
    for source in others:
        impact_source_remove(source.name)
    source = RecordedAnswers()
    impact_source_register(source)
    yield source
    impact_source_remove(source.name)
    for other in others:
        impact_source_register(other)
