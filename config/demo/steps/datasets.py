"""Step 8: immutable versions are built, pulled, loaded as a trainer loads them, and trained on for one step."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concord import Client

from config.demo.api import DemoError
from config.demo.stage import Stage
from config.env import PROJECT_ROOT

_DATASETS: dict[str, dict[str, Any]] = {
    "community-labels": {"title": "Community safety labels", "kinds": ["labels", "votes"]},
    "helpful-replies": {
        "title": "Helpful replies",
        "kinds": ["sft", "rm", "dpo"],
        # Nobody need have rewritten a response: the better one is a demonstration too.
        "definition": {"replies": ["rewrites", "chosen"]},
    },
}
_CHECK_PATIENCE_S = 1200.0


def versions_build(stage: Stage) -> dict[str, Any]:
    """Edda builds both datasets under the newest release and pulls them, verified by hash."""
    edda, produced = stage.api("edda"), {}
    existing = {row["name"]: row for row in edda.call("GET", f"{stage.path}/datasets/")["results"]}
    for name, asked in _DATASETS.items():
        dataset = existing.get(name) or edda.call("POST", f"{stage.path}/datasets/", {"name": name, **asked})
        started = edda.call("POST", f"/api/datasets/{dataset['id']}/versions/", {})
        stage.job("edda", started)
        version = edda.call("GET", f"/api/versions/{started['id']}/")
        produced[name] = {"version_id": version["id"], **_facts(version)}
    return {"versions": produced}


def versions_load(stage: Stage) -> dict[str, Any]:
    """Pull each version, load every kind with ``datasets``, and take a step where TRL is installed.

    Raises
    ------
    DemoError
        When a kind does not load whole, or a trainer cannot take a step on it.
    """
    checked: dict[str, Any] = {}
    for name, version in stage.produced("versions")["versions"].items():
        folder = version_pull(stage, name, version["number"])
        kinds = _DATASETS[name]["kinds"]
        stage.say(f"{name}@{version['number']}: loading {', '.join(kinds)}")
        log = stage.folder.parent / "logs" / f"loading-{name}-{version['number']}.log"
        checked |= kinds_check(folder, kinds, log=log)
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
        for key in ("number", "release_label", "kinds", "counts", "exclusions", "simulated", "content_sha256")
    }


def kinds_check(folder: Path, kinds: list[str], *, log: Path) -> dict[str, dict[str, Any]]:
    """Have a program of its own load and train on ``kinds`` of a pulled version; return what it says, by kind.

    Raises
    ------
    DemoError
        Naming the kind that failed, why, and ``log``, which has all that the program wrote.
    """
    program = [sys.executable, "-m", "active_learning.learners.trainer_check", str(folder), *kinds]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as stream:
        try:
            done = subprocess.run(
                program,
                stdout=subprocess.PIPE,
                stderr=stream,
                cwd=PROJECT_ROOT,
                text=True,
                check=False,
                timeout=_CHECK_PATIENCE_S,
            )
        except subprocess.TimeoutExpired:
            raise DemoError(
                f"Loading {folder} did not end within {_CHECK_PATIENCE_S:.0f} s; see {log}."
            ) from None
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"kind"')]
    checked = {row["kind"]: row for row in rows}
    if done.returncode != 0 or list(checked) != kinds:
        failed = next(kind for kind in kinds if kind not in checked)
        said = log.read_text(encoding="utf-8").strip().splitlines() or ["It gave no reason."]
        raise DemoError(f"{failed} of {folder.name}: {said[-1][:300]} The whole output is in {log}.")
    return checked
