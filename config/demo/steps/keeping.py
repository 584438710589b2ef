"""The last step: every answer that the server said is stored is there."""

from __future__ import annotations

from typing import Any

from config.demo.api import DemoError, get_all
from config.demo.cast import SIMULATED
from config.demo.stage import Stage


def acknowledged_check(stage: Stage) -> dict[str, Any]:
    """Compare the ledger with what each simulated annotator finds among their own answers."""
    acknowledged = stage.ledger.acknowledged()
    stored = {row["id"] for who in SIMULATED for row in get_all(stage.api(who.key), "/api/me/submissions/")}
    missing = acknowledged - stored
    if missing:
        raise DemoError(f"{len(missing)} acknowledged answers are not there, such as {min(missing)}.")
    return {"acknowledged": len(acknowledged), "missing": len(missing)}
