"""``concord rounds``, ``concord scans`` and what is done with one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn

from concord.choosing_records import Round, Scan
from concord.client import Client
from concord.printing import out, progress_bars, table_print
from concord.records import Worked

commands = typer.Typer()
round_commands = typer.Typer(no_args_is_help=True, help="Start, follow or look at one round.")
scan_commands = typer.Typer(no_args_is_help=True, help="Start, follow or look at one scan.")
commands.add_typer(round_commands, name="round")
commands.add_typer(scan_commands, name="scan")

ProjectName = Annotated[str, typer.Argument(help="Slug or identifier of the project.")]
RoundId = Annotated[str, typer.Argument(help="Identifier of the round, from `concord rounds`.")]
ScanId = Annotated[str, typer.Argument(help="Identifier of the scan, from `concord scans`.")]
Release = Annotated[str, typer.Option(help="The release that is asked under: safety@3, or its identifier.")]
Wait = Annotated[bool, typer.Option(help="Follow it until it is over.")]


@commands.command()
def rounds(project: ProjectName) -> None:
    """List rounds, the newest first."""
    with Client() as client:
        rows = (
            (
                item.id,
                item.clause_key,
                item.release_label,
                item.used_strategy or item.strategy,
                f"{item.picked}/{item.budget}",
                item.state,
                item.created_at[:19],
            )
            for item in client.choosing.rounds(project)
        )
        table_print(("id", "clause", "release", "strategy", "picked", "state", "created"), rows)


@round_commands.command("start")
def round_start(
    project: ProjectName,
    release: Release,
    clause: Annotated[str, typer.Option(help="Key of the clause that is asked.")],
    budget: Annotated[int, typer.Option(help="So many posts at most.")],
    strategy: Annotated[str, typer.Option(help="margin, entropy, badge, …")] = "margin",
    overlap: Annotated[int, typer.Option(help="People asked about each post.")] = 1,
    random_share: Annotated[float, typer.Option(help="Share of the posts that is drawn by chance.")] = 0.2,
    seed: Annotated[int, typer.Option(help="The same seed chooses the same.")] = 0,
    wait: Wait = True,
) -> None:
    """Have a worker choose posts to be labelled."""
    with Client() as client:
        started = client.choosing.round_start(
            project,
            release=release,
            clause=clause,
            budget=budget,
            strategy=strategy,
            overlap=overlap,
            random_share=random_share,
            seed=seed,
        )
        out.print(f"round {started.id}: {started.state}")
        if wait:
            _round_watch(client, started.id)


@round_commands.command("watch")
def round_watch(round_id: RoundId) -> None:
    """Follow a round until it is over. Ending this command leaves the round as it is."""
    with Client() as client:
        _round_watch(client, round_id)


@round_commands.command("show")
def round_show(round_id: RoundId) -> None:
    """Show what a round's model does on held-out posts, and the learning curve."""
    with Client() as client:
        found = client.choosing.round(round_id)
    out.print(_round_words(found))
    for name, value in sorted(found.held_out.items()):
        if isinstance(value, int | float):
            out.print(f"{name}: {_number(value)}")
    rows = (
        (point.strategy, str(point.answers), _number(point.macro_f1), _number(point.average_precision))
        for point in found.curve
    )
    table_print(("strategy", "answers", "macro F1", "average precision"), rows)


@round_commands.command("picks")
def round_picks(round_id: RoundId) -> None:
    """List the posts that a round chose, and why."""
    with Client() as client:
        rows = ((item.external_id, str(item.rank), item.reason) for item in client.choosing.picks(round_id))
        table_print(("post", "rank", "why"), rows)


@commands.command()
def scans(project: ProjectName) -> None:
    """List scans, the newest first."""
    with Client() as client:
        rows = (
            (
                item.id,
                ", ".join(item.clause_keys),
                item.release_label,
                str(item.suspects_count),
                str(item.pending_count),
                str(item.precision) if item.precision.total else "",
                item.state,
                item.created_at[:19],
            )
            for item in client.choosing.scans(project)
        )
        columns = ("id", "clauses", "release", "suspects", "pending", "wrong", "state", "created")
        table_print(columns, rows)


@scan_commands.command("start")
def scan_start(
    project: ProjectName,
    release: Release,
    clause: Annotated[
        list[str] | None, typer.Option(help="Key of a clause; again for the next one; all when left out.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed finds the same.")] = 0,
    wait: Wait = True,
) -> None:
    """Have a worker look for answers that are likely wrong."""
    with Client() as client:
        started = client.choosing.scan_start(project, release=release, clauses=clause, seed=seed)
        out.print(f"scan {started.id}: {started.state}")
        if wait:
            _scan_watch(client, started.id)


@scan_commands.command("watch")
def scan_watch(scan_id: ScanId) -> None:
    """Follow a scan until it is over. Ending this command leaves the scan as it is."""
    with Client() as client:
        _scan_watch(client, scan_id)


@scan_commands.command("show")
def scan_show(scan_id: ScanId) -> None:
    """Show how many suspects were wrong, of each sort, and whether reviewing more is worth it."""
    with Client() as client:
        found = client.choosing.scan(scan_id)
    out.print(_scan_words(found))
    for kind, share in sorted(found.by_kind.items()):
        out.print(f"{kind}: wrong {share}")
    if found.advice:
        out.print(found.advice)


@scan_commands.command("suspects")
def scan_suspects(
    scan_id: ScanId,
    outcome: Annotated[str | None, typer.Option(help="pending, confirmed, changed or dismissed.")] = None,
) -> None:
    """List what a scan suspects, the worst first."""
    with Client() as client:
        rows = (
            (item.external_id, item.clause_key, item.given, item.likely, _number(item.score), item.outcome)
            for item in client.choosing.suspects(scan_id, outcome=outcome)
        )
        table_print(("post", "clause", "given", "likely", "score", "outcome"), rows)


def _round_watch(client: Client, round_id: str) -> None:
    with progress_bars(MofNCompleteColumn()) as bars:
        bar = bars.add_task("round", total=None)
        moved = _mover(
            lambda done, total, said: bars.update(bar, completed=done, total=total, description=said)
        )
        found = client.choosing.round_wait(round_id, on_change=moved)
    out.print(_round_words(found))


def _scan_watch(client: Client, scan_id: str) -> None:
    with progress_bars(MofNCompleteColumn()) as bars:
        bar = bars.add_task("scan", total=None)
        moved = _mover(
            lambda done, total, said: bars.update(bar, completed=done, total=total, description=said)
        )
        found = client.choosing.scan_wait(scan_id, on_change=moved)
    out.print(_scan_words(found))


def _mover(show: Callable[[int, int | None, str], object]) -> Callable[[Worked], None]:
    """Return what shows how far a job is."""

    def moved(now: Worked) -> None:
        job = now.job
        show(
            job.done or 0 if job else 0, job.total or None if job else None, job.message if job else now.state
        )

    return moved


def _round_words(item: Round) -> str:
    model = f", model {item.model_number}" if item.model_number is not None else ""
    return f"round {item.id}: {item.state}, {item.picked} of {item.budget} posts picked{model}"


def _scan_words(item: Scan) -> str:
    wrong = f", wrong {item.precision} reviewed" if item.precision.total else ""
    return f"scan {item.id}: {item.state}, {item.suspects_count} suspects, {item.pending_count} not reviewed{wrong}"


def _number(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
