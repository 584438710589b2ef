from __future__ import annotations

from collections.abc import Callable

import pytest

from core.jobs.models import Job
from tests.exports.answers import Answers, answers_make
from tests.exports.datasets import Exporter
from tests.world import Caller, World


@pytest.fixture
def answers(world: World) -> Answers:
    """A project with a released policy."""
    return answers_make(world)


@pytest.fixture
def exporter(world: World, call_as: Callable[[str], Caller], run_jobs: Callable[[], list[Job]]) -> Exporter:
    """An engineer who makes datasets and builds versions over HTTP."""
    return Exporter(world, call_as("engineer"), run_jobs)
