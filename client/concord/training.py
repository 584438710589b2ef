"""Training on the server in one call each, as ``concord.train``, ``concord.runs`` and ``concord.model``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from concord.client import Client, talking_to
from concord.credentials import cache_folder
from concord.records import TrainingRun


def train(
    reference: str,
    *,
    recipe: str,
    base: str,
    settings: Mapping[str, Any] | None = None,
    wait: bool = True,
    client: Client | None = None,
) -> TrainingRun:
    """Train on ``project/dataset@3`` on a worker of the server; return the run, by default once it has finished.

    Parameters
    ----------
    recipe
        ``reward``, ``dpo`` or ``grpo``.
    base
        ``local:folder`` or ``hub:owner/name``, as the server's workers have it.
    settings
        What shall differ from the recipe's usual settings, such as ``{"epochs": 2, "lora_rank": 0}``.

    Raises
    ------
    ConcordError
    """
    with talking_to(client) as talking:
        run = talking.train(reference, recipe=recipe, base=base, settings=settings)
        return talking.run_wait(run.id, timeout_s=float("inf")) if wait else run


def runs(project: str, *, version: str | None = None, client: Client | None = None) -> Iterator[TrainingRun]:
    """Yield a project's runs, newest first, or those on one version; pages are fetched as you iterate."""
    with talking_to(client) as talking:
        yield from talking.runs(project, version=version)


def model(run_id: str, *, cache: Path | None = None, client: Client | None = None) -> Path:
    """Return the folder of what a run made, pulled once: ``AutoModelForCausalLM.from_pretrained(concord.model(id))``.

    Raises
    ------
    ConcordError
        ``run_unfinished``.
    """
    with talking_to(client) as talking:
        return talking.run_pull(run_id, (cache or cache_folder()) / "runs" / run_id).folder
