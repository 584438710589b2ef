"""Training runs as their page shows them, with figures as they come from scores."""

from __future__ import annotations

import random

from tests.training.endpoints import run_make
from tests.world import World
from training.domain.evaluation import ScoredPair, pairs_measured
from training.models import TrainingRun


def training_bring_in(world: World) -> dict[str, str]:
    """Make a finished reward model; return ``run``."""
    run = run_make(world)
    draw = random.Random(4)
    pairs = [
        ScoredPair(
            draw.gauss(1.4, 2.2),
            draw.randint(-80, 120) or 1,
            {"axis": draw.choice(["helpful", "harmless"]), "language": draw.choice(["en", "de"])},
        )
        for _ in range(320)
    ]
    curve = [{"step": step, "loss": 0.69 * 0.97**step + draw.random() * 0.05} for step in range(1, 61)]
    TrainingRun.objects.filter(pk=run.pk).update(
        metrics=pairs_measured(pairs[:200], pairs[200:]),
        curve=curve,
        steps_done=60,
        steps_total=60,
        settings={"epochs": 1.0, "learning_rate": 0.0001, "lora_rank": 16, "precision": "auto"},
        facts={
            "rows": 1900,
            "too_long": 3,
            "parameters": 596_000_000,
            "trained": 10_100_000,
            "device": "NVIDIA H100",
            "precision": "bf16",
            "libraries": {"torch": "2.13.0", "trl": "1.16.0"},
            "code_sha256": "ab" * 32,
        },
    )
    return {"run": str(run.pk)}
