"""Building a version of preference pairs, beside pyarrow writing the same rows.

Fills a database of its own with judged pairs of about 1.5 kB, builds a ``dpo`` version of them in a worker's process,
and has another process read what was built and write it again by pyarrow with the same options. Told are processor
seconds of the worker, of PostgreSQL and of pyarrow, and the most memory each process held. Run it by
``make bench NAME=export_rows``; ``N`` is the number of pairs, ``SEED`` draws their words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.agreeing.database import ROOT, _cpu_s, postgres
from benchmarks.exporting.pairs import Judged, judged_make

N = int(os.environ.get("N", "100000"))
SEED = int(os.environ.get("SEED", "7"))


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    figures: dict[str, Any] = {"name": "export_rows", "pairs": N, "processors": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder:
        with postgres(Path(folder) / "home") as server:
            began = time.perf_counter()
            judged = judged_make(N, seed=SEED)
            figures["loaded_in_s"] = round(time.perf_counter() - began, 1)
            version_id = _version_start(judged)
            before = _cpu_s(server)
            built = _worker("build", version_id)
            postgres_cpu_s = round(_cpu_s(server) - before, 2)
            rows = _rows_lay_out(version_id, Path(folder) / "rows")
        written = _worker("write", str(rows), str(Path(folder) / "again.parquet"))
    figures |= {"rows": written["rows"], "arrow_mb": written["arrow_mb"], "parquet_mb": written["parquet_mb"]}
    figures |= {f"worker_{unit}": built[unit] for unit in ("cpu_s", "s", "peak_mb")}
    figures |= {"postgres_cpu_s": postgres_cpu_s, "content_sha256": built["content_sha256"]}
    figures |= {f"pyarrow_{unit}": written[unit] for unit in ("cpu_s", "s", "peak_mb")}
    figures["worker_cpu_to_pyarrow_ratio"] = round(built["cpu_s"] / written["cpu_s"], 2)
    figures["worker_us_per_row"] = round(1e6 * built["cpu_s"] / written["rows"], 1)
    print(json.dumps(figures))


def _version_start(judged: Judged) -> str:
    from exports.services.datasets import dataset_create
    from exports.services.versions import version_start

    dataset = dataset_create(
        judged.builder, judged.project_id, name="pairs", title="Pairs", kinds=["dpo"], definition={}
    )
    return str(version_start(judged.builder, dataset.pk)[0].pk)


def _worker(*asked: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.exporting.worker", *asked],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _rows_lay_out(version_id: str, folder: Path) -> Path:
    """Link the version's Parquet rows into one folder."""
    from core.storage.selection import blob_store
    from exports.models import VersionFile

    folder.mkdir()
    for file in VersionFile.objects.filter(version_id=version_id, kind="dpo", path__endswith=".parquet"):
        with blob_store().local_copy(file.sha256) as local:
            os.link(local, folder / file.path.replace("/", "-"))
    return folder


if __name__ == "__main__":
    main()
