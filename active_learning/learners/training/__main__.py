"""Trains, or scores pairs, as a process of its own, so that a worker's memory stays what it is.

Started by a worker::

    python -m active_learning.learners.training train SPEC.json
    python -m active_learning.learners.training score SPEC.json

It tells how far it is as lines of JSON (``begins``, ``step``, ``loss``, ``saved``, ``measuring``, ``done``), ends when
its standard input does, and refuses with one line ``refused`` and exit status 1.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from active_learning.learners.training.spec import TrainingRefused, spec_read
from active_learning.learners.training.telling import end_with_the_worker, tell, voice_take

_NEEDED = ("trl", "peft", "accelerate", "datasets")
NOT_INSTALLED = (
    "This worker cannot train: {missing} not installed there. Install the training extra with: make training, "
    "or take up the run where it is."
)


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["train", "score"])
    parser.add_argument("spec", type=Path)
    asked = parser.parse_args()
    voice_take()
    end_with_the_worker()
    try:
        spec = spec_read(asked.spec)
        if missing := [name for name in _NEEDED if find_spec(name) is None]:
            verb = "is" if len(missing) == 1 else "are"
            raise TrainingRefused(NOT_INSTALLED.format(missing=f"{', '.join(missing)} {verb}"))
        if asked.work == "train":
            from active_learning.learners.training.running import run

            run(spec)
        else:
            from active_learning.learners.training.judging_pairs import pairs_score

            pairs_score(spec)
    except TrainingRefused as refused:
        tell("refused", sentence=str(refused))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
