from __future__ import annotations

import pytest

from tests.world import World, world_make


@pytest.fixture
def committed(transactional_db: None) -> World:
    """A world whose rows a real server in another thread sees."""
    return world_make()
