"""How fast the machine is at the moment: a shared one's speed moves by 1.4 times within an hour."""

from __future__ import annotations

import hashlib
import json
import statistics
import time

REFERENCE_MS = 20.0
"""What the fixed piece of work takes on the machine the figures in docs/adr/0013 are from, when it is quiet."""

_ROUNDS = 7
_DOCUMENT = {
    "verdicts": [
        {
            "clause_key": f"clause-{number}",
            "answer": "yes",
            "severity": 2,
            "boxes": [[number, 20.5, 80, 60.25]] * 6,
        }
        for number in range(20)
    ],
    "notes": "the same words every time " * 8,
}


def calibration_ms() -> float:
    """Return the processor milliseconds of a fixed piece of work done now, the median of some rounds.

    Waiting for a processor is not in it; how fast one is that others use as well, is.
    """
    return round(statistics.median(_round_ms() for _ in range(_ROUNDS)), 2)


def _round_ms() -> float:
    began = time.thread_time()
    for _ in range(120):
        text = json.dumps(_DOCUMENT, sort_keys=True)
        hashlib.sha256(text.encode()).hexdigest()
        found = json.loads(text)
        sum(len(verdict["boxes"]) for verdict in found["verdicts"])
    return 1000 * (time.thread_time() - began)
