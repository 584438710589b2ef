"""What every step of the demo works with."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.demo.api import Api
from config.demo.ledger import Ledger
from config.demo.material import Material
from config.demo.simulated import Truth


@dataclass
class Stage:
    """The project, a way to the API for each person, what is known to be true, and what was noted so far.

    Attributes
    ----------
    api_of
        Returns a person's own way to the API; each thread asks for its own.
    folder
        Where the demo keeps files of its own.
    is_parallel
        Whether people may work at the same time.
    url
        Where Concord listens; empty in this process.
    """

    project_id: uuid.UUID
    slug: str
    api_of: Callable[[str], Api]
    ledger: Ledger
    material: Material
    folder: Path
    say: Callable[[str], None]
    is_parallel: bool = True
    url: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    _apis: dict[str, Api] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The project's address in the API."""
        return f"/api/projects/{self.project_id}"

    def api(self, person: str) -> Api:
        """Return the person's way to the API for the main thread."""
        if person not in self._apis:
            self._apis[person] = self.api_of(person)
        return self._apis[person]

    def token_of(self, person: str) -> str:
        """Return the person's token, for clients that speak for themselves."""
        return self.tokens[person]

    def produced(self, step: str) -> Mapping[str, Any]:
        """Return what an earlier step noted."""
        return self.ledger.steps[step]  # type: ignore[no-any-return]

    def job(self, person: str, started: Mapping[str, Any]) -> dict[str, Any]:
        """Wait for the job that a request started and return it."""
        job_id = started.get("job_id") or (started.get("job") or started).get("id") or started["id"]
        return self.api(person).wait_job(str(job_id), tell=self.say)


def truth_read(material: Material) -> Truth:
    """Read the material's hidden truth."""
    return Truth(_by_external_id(material.truth), _by_external_id(material.comparison_truth))


def _by_external_id(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream if line.strip()]
    return {row["external_id"]: row for row in rows}
