"""Gold for tests: posts with known answers, and a project that mixes them in as often as wanted."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.models import GoldItem
from annotation.services import Tolerance, gold_make
from core.content.models import Post
from core.queue.services import gold_mixing, quality_rules_set
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import World


def draws_fix(monkeypatch: pytest.MonkeyPatch, *draws: float) -> None:
    """Let the next handouts draw these numbers, and 1 after that: gold when below the project's share."""
    left = list(draws)
    monkeypatch.setattr(gold_mixing, "drawn", lambda: left.pop(0) if left else 1.0)


def rules_set(world: World, **values: Any) -> None:
    """Change how the project asks."""
    quality_rules_set(world.actor("manager"), world.project.pk, values=values)


def gold_item(
    world: World,
    release: ReleaseView,
    *,
    post: Post | None = None,
    document: dict[str, Any] | None = None,
    tolerance: Tolerance | None = None,
    **more: Any,
) -> GoldItem:
    """A gold item whose known answers are those of ``document``."""
    return gold_make(
        world.actor("reviewer"),
        (post or material.post_make(world)).pk,
        release_id=release.id,
        document=document or material.document("yes"),
        tolerance=tolerance or Tolerance(),
        **more,
    )
