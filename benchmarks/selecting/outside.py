"""scikit-activeml on the vectors of `benchmarks.selection`.

Knows nothing of Concord: takes the file of the vectors and the number of picks, and prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version

import numpy as np


def main() -> None:
    """Measure core-set and typical clusters."""
    vectors, picks = np.load(sys.argv[1]), int(sys.argv[2])
    pool = import_module("skactiveml.pool")
    unknown = np.full(len(vectors), np.nan)
    figures: dict[str, object] = {"scikit_activeml": version("scikit-activeml")}
    for name, strategy in (("core_set", pool.CoreSet), ("typi_clust", pool.TypiClust)):
        start = time.process_time()
        strategy(random_state=1).query(vectors, unknown, batch_size=picks)
        figures[f"scikit_activeml_{name}_cpu_s"] = round(time.process_time() - start, 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
