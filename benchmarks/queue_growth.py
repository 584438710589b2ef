"""Whether a cycle of work costs the same with ten thousand open tasks and with a million.

The same load as ``queue_cycle`` over one growing database: tasks are added until each size is reached, the
tables are vacuumed as autovacuum would, and processor time a cycle is read from the system.

Run it by ``make bench NAME=queue_growth``. ``SIZES`` (comma-separated), ``PEOPLE`` and ``SECONDS`` change it.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from benchmarks.queueing.material import material_make, tasks_add
from benchmarks.queueing.measuring import breaches, stretch
from benchmarks.queueing.serving import serving

SIZES = [int(size) for size in os.environ.get("SIZES", "10000,100000,1000000").split(",")]
PEOPLE = int(os.environ.get("PEOPLE", "32"))
SECONDS = float(os.environ.get("SECONDS", "15"))
OVERLAP = int(os.environ.get("OVERLAP", "2"))
PORT = int(os.environ.get("BENCH_PORT", "8762"))


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder,
        serving(Path(folder) / "home", port=PORT) as server,
    ):
        material = material_make(PEOPLE)
        there = 0
        for size in SIZES:
            tasks_add(material, first=there + 1, count=size - there, overlap=OVERLAP)
            there = size
            run = stretch(server, material, material.people, seconds=SECONDS)
            found.append({"open_tasks": size, **run.figures(), "never": breaches(run)})
            print(json.dumps(found[-1]), flush=True)
    costs = [row["cpu_ms_per_cycle"] for row in found]
    print(
        json.dumps(
            {
                "name": "queue_growth",
                "people": PEOPLE,
                "overlap": OVERLAP,
                "sizes": found,
                "largest_to_smallest_cpu": round(costs[-1] / costs[0], 2),
                "processors": os.cpu_count(),
            }
        )
    )


if __name__ == "__main__":
    main()
