"""What one cycle of work costs: an answer sent in and the next task had, with 32 annotators at once.

Runs PostgreSQL and the web part as ``manage.py up`` sets them up, in a temporary home, with a session and the CSRF
token for each annotator as in their browser. Each answer is a choice with three boxes. Processor time is read
from the system for all web and database processes; the load runs in a process of its own and is not counted.
Before that people have worked for some seconds, and the tables were vacuumed, as they are in a queue in use.

The closed loop asks for all there is: each sends the next answer as soon as the last one is taken, so how long they
wait is 32 through the cycles a second. The paced runs say what 32 people wait who look at each post for a second or
two. Then 200 annotators work one small queue until it is empty, and the database is asked what must never be.

Each run tells ``calibration_ms`` too, what a fixed piece of work took just before and after it, and the processor time
a cycle as it would be where that takes ``calibration_reference_ms``: a shared machine is not equally fast all day.

Run it by ``make bench NAME=queue_cycle``. ``PEOPLE``, ``SECONDS``, ``PACES`` (seconds between one person's answers),
``TASKS`` and ``OVERLAP`` change it; ``APART=1`` measures the three separate requests instead of the exchange.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from benchmarks.queueing.calibration import REFERENCE_MS
from benchmarks.queueing.material import material_make, tables_tend, tasks_add
from benchmarks.queueing.measuring import Stretch, breaches, stretch
from benchmarks.queueing.serving import serving

PEOPLE = int(os.environ.get("PEOPLE", "32"))
HAMMERING = int(os.environ.get("HAMMERING", "200"))
SECONDS = float(os.environ.get("SECONDS", "20"))
PACES = [float(pace) for pace in os.environ.get("PACES", "2,1").split(",") if pace]
TASKS = int(os.environ.get("TASKS", "20000"))
OVERLAP = int(os.environ.get("OVERLAP", "2"))
PORT = int(os.environ.get("BENCH_PORT", "8760"))
APART = os.environ.get("APART") == "1"
_HAMMERED_TASKS = 1500
_WARM_S = 5.0
_PUBLISHED = {
    "product": "Label Studio 1.23 on PostgreSQL with uWSGI and nginx (published figure, not run here)",
    "cpu_ms_per_cycle": 270,
    "cycles_per_s": 6.7,
    "p95_ms": 3000,
}


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    with tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        with serving(home, port=PORT) as server:
            material = material_make(max(PEOPLE, HAMMERING))
            tasks_add(material, first=1, count=TASKS, overlap=OVERLAP)
            # A queue that has been worked on: tables without a row would be planned for as if they stayed so.
            stretch(server, material, material.people[:PEOPLE], seconds=_WARM_S, exchange=not APART)
            tables_tend()
            steady = stretch(server, material, material.people[:PEOPLE], seconds=SECONDS, exchange=not APART)
            never = breaches(steady)
            paced = []
            for pace_s in PACES:
                run = stretch(
                    server,
                    material,
                    material.people[:PEOPLE],
                    seconds=SECONDS,
                    exchange=not APART,
                    pace_s=pace_s,
                )
                paced.append({"every_s": pace_s, **run.figures()})
                _never_add(never, run)
            hammered = None
            if HAMMERING:
                _queue_empty()
                tasks_add(material, first=TASKS + 1, count=_HAMMERED_TASKS, overlap=OVERLAP)
                hammered = stretch(
                    server,
                    material,
                    material.people[:HAMMERING],
                    seconds=None,
                    warm_cycles=0,
                    exchange=not APART,
                )
                _never_add(never, hammered)
    print(
        json.dumps(
            {
                "name": "queue_cycle",
                "people": PEOPLE,
                "tasks": TASKS,
                "overlap": OVERLAP,
                "one_exchange": not APART,
                "closed_loop": steady.figures(),
                "paced": paced,
                "hammering": HAMMERING,
                "hammered": hammered.figures() if hammered else None,
                "never": never,
                "peer": _PUBLISHED,
                "processors": os.cpu_count(),
                "calibration_reference_ms": REFERENCE_MS,
                "load_average": [round(load, 1) for load in os.getloadavg()],
            }
        )
    )


def _never_add(never: dict[str, int], run: Stretch) -> None:
    for name, count in breaches(run).items():
        never[name] += count


def _queue_empty() -> None:
    """Withdraw what is still open, so that the next stretch ends with its own tasks."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE queue_slot SET state = 'withdrawn' WHERE state IN ('open', 'leased')")
        cursor.execute("UPDATE queue_task SET state = 'withdrawn' WHERE state = 'open'")
        cursor.execute("UPDATE queue_lease SET state = 'expired' WHERE state = 'held'")


if __name__ == "__main__":
    main()
