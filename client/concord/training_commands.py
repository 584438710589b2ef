"""``concord train``, ``concord runs`` and what is done to one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import DownloadColumn, MofNCompleteColumn

from concord.client import Client
from concord.errors import ConcordError
from concord.printing import out, progress_bars, table_print
from concord.records import TrainingRun

commands = typer.Typer()
run = typer.Typer(no_args_is_help=True, help="Follow, cancel, take up or pull one training run.")
commands.add_typer(run, name="run")

RunId = Annotated[str, typer.Argument(help="Identifier of the run, from `concord runs`.")]


@commands.command()
def train(
    version: Annotated[
        str, typer.Argument(help="project/dataset@3; without a number the newest ready version.")
    ],
    recipe: Annotated[
        str, typer.Option(help="Such as dpo, guard or encoder; `concord recipes` tells of all.")
    ],
    base: Annotated[str, typer.Option(help="local:folder or hub:owner/name, as the workers have it.")],
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="name=value, such as epochs=2; again for the next one.")
    ] = None,
    weight: Annotated[
        list[str] | None, typer.Option(help="clause=weight of the rubric, for grpo; again for the next one.")
    ] = None,
    wait: Annotated[bool, typer.Option(help="Follow the run until it has finished.")] = True,
) -> None:
    """Train on a version on a worker of the server."""
    settings = dict(_named(text, "set") for text in setting or [])
    if weight:
        settings["clause_weights"] = dict(_named(text, "weight") for text in weight)
    with Client() as client:
        started = client.train(version, recipe=recipe, base=base, settings=settings)
        out.print(f"run {started.id}: {started.state}")
        if wait:
            _watch(client, started.id)


@commands.command()
def recipes() -> None:
    """List what can be trained, and the kind of rows that each takes."""
    with Client() as client:
        rows = ((one.name, one.kind, one.summary) for one in client.recipes())
        table_print(("recipe", "rows", "what it does"), rows)


@commands.command()
def runs(
    project: Annotated[str, typer.Argument(help="Slug or identifier of the project.")],
    version: Annotated[str | None, typer.Option(help="Only runs on this version: project/dataset@3.")] = None,
) -> None:
    """List training runs, the newest first."""
    with Client() as client:
        rows = (
            (item.id, item.recipe, _version(item), item.base, item.state, _steps(item), result_words(item))
            for item in client.runs(project, version=version)
        )
        table_print(("id", "recipe", "version", "base", "state", "steps", "result"), rows)


@run.command()
def watch(run_id: RunId) -> None:
    """Follow a run until it is over. Ending this command leaves the run as it is."""
    with Client() as client:
        _watch(client, run_id)


@run.command()
def cancel(run_id: RunId) -> None:
    """Stop a run at its next step; its newest checkpoint stays."""
    with Client() as client:
        client.run_cancel(run_id)
    out.print(f"run {run_id}: asked to stop. `concord run resume {run_id}` goes on with it.")


@run.command()
def resume(
    run_id: RunId, wait: Annotated[bool, typer.Option(help="Follow it until it is over.")] = True
) -> None:
    """Go on with a run that failed or was cancelled, from its newest checkpoint."""
    with Client() as client:
        taken_up = client.run_resume(run_id)
        out.print(f"run {run_id}: {taken_up.state}, from step {taken_up.checkpoint_step or 0}")
        if wait:
            _watch(client, run_id)


@run.command()
def pull(run_id: RunId, folder: Annotated[Path, typer.Option("--out", help="Folder to write into.")]) -> None:
    """Download what a run made, checked by hash; goes on where an earlier pull stopped."""
    with Client() as client, progress_bars(DownloadColumn()) as bars:
        bar = bars.add_task("weights", total=None)
        pulled = client.run_pull(
            run_id, folder, progress=lambda done, total: bars.update(bar, completed=done, total=total)
        )
    out.print(f"{pulled.files} files in {pulled.folder}, every hash checked.")


def result_words(item: TrainingRun) -> str:
    """Return in a few words what was measured on held-out rows."""
    if item.pairs and item.pairs.get("pairs"):
        share = item.pairs["accuracy"]
        return f"right {share['value']:.1%} ({share['low']:.1%} to {share['high']:.1%}) of {share['total']} pairs"
    worth = (item.replies or {}).get("worth") or {}
    if worth.get("count"):
        return f"worth {worth['before']:.2f} before, {worth['after']:.2f} after, of {worth['count']} replies"
    texts = item.texts or {}
    right = (item.answers or texts.get("verdicts") or {}).get("accuracy") or {}
    if right.get("count"):
        return f"right {right['before']:.1%} before, {right['after']:.1%} after, of {right['count']} answers"
    cost = texts.get("cost") or {}
    if cost.get("count"):
        return (
            f"{cost['before']:.2f} nats a token before, {cost['after']:.2f} after, of {cost['count']} replies"
        )
    return ""


def _watch(client: Client, run_id: str) -> None:
    with progress_bars(MofNCompleteColumn()) as bars:
        bar = bars.add_task("training", total=None)

        def moved(now: TrainingRun) -> None:
            left = "" if now.seconds_left is None else f", {_duration(now.seconds_left)} left"
            said = (now.job.message if now.job else "") or now.state
            bars.update(bar, completed=now.steps_done, total=now.steps_total, description=f"{said}{left}")

        done = client.run_wait(run_id, on_change=moved)
    result = result_words(done)
    out.print(f"run {run_id}: {done.state}" + (f", {result}" if result else ""))


def _named(text: str, option: str) -> tuple[str, Any]:
    """Read ``name=value``; the value as JSON where it is some, else as text."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ConcordError("option_malformed", f"--{option} takes name=value, not {text!r}.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _version(item: TrainingRun) -> str:
    return f"{item.version.dataset}@{item.version.number}" if item.version else ""


def _steps(item: TrainingRun) -> str:
    return f"{item.steps_done}/{item.steps_total or '?'}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(1, minutes)} min"
