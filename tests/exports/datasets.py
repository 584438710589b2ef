"""Datasets and versions as an engineer makes them over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.jobs.models import Job
from tests.world import Caller, World

Json = dict[str, Any]
ALL_KINDS = ["labels", "votes", "sft", "sft_pc", "rm", "rm_safety", "dpo", "tpo", "kto", "grpo", "guard"]
"""Those made from posts and pairs; what slates make has tests of its own."""


@dataclass
class Exporter:
    """One engineer."""

    world: World
    caller: Caller
    run_jobs: Callable[[], list[Job]]

    def create(self, name: str = "pairs", kinds: list[str] | None = None, **definition: Any) -> Json:
        """Save a dataset."""
        path = f"/api/projects/{self.world.project.pk}/datasets/"
        body = {"name": name, "title": name.title(), "kinds": kinds or ALL_KINDS, "definition": definition}
        response = self.caller.post(path, body)
        assert response.status_code == 201, response.json()
        made: Json = response.json()
        return made

    def start(self, dataset: Json) -> Json:
        """Start a version."""
        response = self.caller.post(f"/api/datasets/{dataset['id']}/versions/", {})
        assert response.status_code == 202, response.json()
        started: Json = response.json()
        return started

    def build(self, dataset: Json) -> Json:
        """Start a version, run its job, and return it ready."""
        started = self.start(dataset)
        self.run_jobs()
        version = self.version(started["id"])
        assert version["state"] == "ready", version["error"]
        return version

    def version(self, version_id: str) -> Json:
        """Return a version with its files."""
        found: Json = self.caller.get(f"/api/versions/{version_id}/").json()
        return found

    def read(self, version: Json, path: str) -> bytes:
        """Download a file."""
        response = self.caller.get(f"/api/versions/{version['id']}/files/{path}")
        assert response.status_code == 200
        return b"".join(response.streaming_content) if response.streaming else response.content

    def rows(self, version: Json, kind: str) -> list[Json]:
        """Return all rows of a kind, over all splits, by identifier."""
        found: list[Json] = []
        for file in version["files"]:
            if file["path"].startswith(f"jsonl/{kind}/"):
                found += [json.loads(line) for line in self.read(version, file["path"]).splitlines()]
        return sorted(found, key=lambda row: row["example_id"])

    def pull(self, version: Json, folder: Path) -> Path:
        """Download everything into ``folder``."""
        for file in version["files"]:
            target = folder / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.read(version, file["path"]))
        return folder

    def difference(self, version: Json, against: Json) -> Json:
        """Compare two versions."""
        response = self.caller.get(f"/api/versions/{version['id']}/difference/?against={against['id']}")
        assert response.status_code == 200, response.json()
        found: Json = response.json()
        return found
