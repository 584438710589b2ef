"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None, str], None]
"""Takes what is done, what there is in all (None where unknown) and what is being done; may raise `JobCancelled`."""
