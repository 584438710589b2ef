"""One measured stretch of load, and what must hold after it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.queueing.calibration import REFERENCE_MS, calibration_ms
from benchmarks.queueing.material import Annotator, Material
from benchmarks.queueing.serving import ROOT, Serving


@dataclass(frozen=True)
class Stretch:
    """What happened between the first cycle and the last.

    Attributes
    ----------
    web_ms, postgres_ms
        Processor milliseconds a cycle, user and system, of all processes of the part.
    calibration_ms
        What a fixed piece of work took before and after it: the machine's speed, by which other figures are read.
    latencies_ms
        Wall milliseconds from sending the answer to having the next task, ascending.
    """

    cycles: int
    wall_s: float
    web_ms: float
    postgres_ms: float
    latencies_ms: Sequence[float]
    load_cpu_s: float
    calibration_ms: float
    stored: Sequence[str]
    handed: Sequence[Sequence[str]]

    def figures(self) -> dict[str, Any]:
        """Return the figures worth printing."""
        return {
            "cycles": self.cycles,
            "cpu_ms_per_cycle": round(self.web_ms + self.postgres_ms, 3),
            "calibration_ms": round(self.calibration_ms, 2),
            "cpu_ms_per_cycle_at_reference": round(
                (self.web_ms + self.postgres_ms) * REFERENCE_MS / self.calibration_ms, 3
            ),
            "web_cpu_ms_per_cycle": round(self.web_ms, 3),
            "postgres_cpu_ms_per_cycle": round(self.postgres_ms, 3),
            "cycles_per_s": round(self.cycles / self.wall_s, 1),
            "p50_ms": round(self.latency_ms(0.5), 1),
            "p95_ms": round(self.latency_ms(0.95), 1),
            "load_cpu_s": round(self.load_cpu_s, 2),
            "wall_s": round(self.wall_s, 2),
        }

    def latency_ms(self, share: float) -> float:
        """Return the latency that this share of the cycles stayed within."""
        at = math.ceil(share * len(self.latencies_ms)) - 1
        return self.latencies_ms[max(at, 0)]


def stretch(
    server: Serving,
    material: Material,
    people: Sequence[Annotator],
    *,
    seconds: float | None,
    warm_cycles: int = 5,
    exchange: bool = True,
    pace_s: float = 0.0,
) -> Stretch:
    """Let ``people`` work at once, for some seconds or until nothing is left, and measure.

    Each answers about every ``pace_s`` seconds; at 0 as soon as the next task is there.
    """
    plan = material.as_plan() | {
        "address": server.address,
        "people": [vars(person) for person in people],
        "seconds": seconds,
        "warm_cycles": warm_cycles,
        "exchange": exchange,
        "pace_s": pace_s,
    }
    speed_before_ms = calibration_ms()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.queueing.load"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        load.stdin.write(json.dumps(plan) + "\n")
        load.stdin.flush()
        said = load.stdout.readline()
        if said.strip() != "ready":
            raise SystemExit(f"The load did not start: {said}")
        before = server.cpu_s()
        load.stdin.write("go\n")
        load.stdin.flush()
        told = json.loads(load.stdout.readline())
        after = server.cpu_s()
    if told["failures"]:
        raise SystemExit(f"The load failed: {told['failures'][:3]}")
    cycles = len(told["cycles"])
    return Stretch(
        cycles=cycles,
        wall_s=told["wall_s"],
        web_ms=1000 * (after["web"] - before["web"]) / max(cycles, 1),
        postgres_ms=1000 * (after["postgres"] - before["postgres"]) / max(cycles, 1),
        latencies_ms=sorted(1000 * cycle for cycle in told["cycles"]),
        load_cpu_s=told["own_cpu_s"],
        calibration_ms=(speed_before_ms + calibration_ms()) / 2,
        stored=told["stored"],
        handed=told["handed"],
    )


def breaches(run: Stretch) -> dict[str, int]:
    """Count what must never happen, from the database and from what the annotators were handed."""
    from django.db import connection

    questions = {
        "tasks_over_their_overlap": """
            SELECT count(*) FROM (
              SELECT task.id FROM queue_task AS task JOIN queue_submission AS answer ON answer.task_id = task.id
              WHERE answer.slot_id IS NOT NULL AND answer.supersedes_id IS NULL
              GROUP BY task.id, task.slots HAVING count(*) > task.slots) AS found""",
        "answered_twice_by_one_person": """
            SELECT count(*) FROM (
              SELECT 1 FROM queue_submission WHERE supersedes_id IS NULL
              GROUP BY task_id, person_id HAVING count(*) > 1) AS found""",
        "slots_held_twice": """
            SELECT count(*) FROM (
              SELECT 1 FROM queue_lease WHERE state IN ('held', 'submitted')
              GROUP BY slot_id HAVING count(*) > 1) AS found""",
    }
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question)
            found[name] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM queue_submission WHERE id = ANY(%s::uuid[])", [list(run.stored)])
        found["acknowledged_but_not_stored"] = len(run.stored) - cursor.fetchone()[0]
    found["handed_twice_to_one_person"] = sum(len(one) - len(set(one)) for one in run.handed)
    return found
