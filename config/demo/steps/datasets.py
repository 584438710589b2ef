"""Step 8: immutable versions are built, pulled, loaded as a trainer loads them, and trained on for one step."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concord import Client

from config.demo.stage import Stage

_DATASETS: dict[str, dict[str, Any]] = {
    "community-labels": {"title": "Community safety labels", "kinds": ["labels", "votes"]},
    "helpful-replies": {"title": "Helpful replies", "kinds": ["sft", "rm", "dpo"]},
}


def versions_build(stage: Stage) -> dict[str, Any]:
    """Edda builds both datasets under the newest release and pulls them, verified by hash."""
    edda, produced = stage.api("edda"), {}
    existing = {row["name"]: row for row in edda.call("GET", f"{stage.path}/datasets/")["results"]}
    for name, asked in _DATASETS.items():
        dataset = existing.get(name) or edda.call("POST", f"{stage.path}/datasets/", {"name": name, **asked})
        started = edda.call("POST", f"/api/datasets/{dataset['id']}/versions/")
        stage.job("edda", started)
        version = edda.call("GET", f"/api/versions/{started['id']}/")
        produced[name] = {"version_id": version["id"], **_facts(version)}
    return {"versions": produced}


def versions_load(stage: Stage) -> dict[str, Any]:
    """Pull each version, load every kind with ``datasets``, and take a step where TRL is installed."""
    checked: dict[str, Any] = {}
    for name, version in stage.produced("versions")["versions"].items():
        folder = version_pull(stage, name, version["number"])
        for kind in _DATASETS[name]["kinds"]:
            stage.say(f"{name}@{version['number']}: loading {kind}")
            checked[kind] = _check(folder, kind)
    return {"loaded": checked}


def version_pull(stage: Stage, name: str, number: int) -> Path:
    """Pull a version with the client into the demo's folder; return where it lies."""
    folder = stage.folder / "pulled" / f"{name}-{number}"
    with Client(stage.url, stage.token_of("edda")) as client:
        client.pull(f"{stage.slug}/{name}@{number}", folder)
    return folder


def _facts(version: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: version[key]
        for key in ("number", "release_label", "counts", "exclusions", "simulated", "content_sha256")
    }


def _check(folder: Path, kind: str) -> dict[str, Any]:
    program = [sys.executable, "-m", "active_learning.learners.trainer_check", str(folder), kind]
    done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        return {"problem": done.stderr.strip().splitlines()[-1][:300] if done.stderr else "no reason given"}
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]
