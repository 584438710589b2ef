"""What the commands print with."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn
from rich.table import Table

# What is said in a line stays in one: identifiers and commands are copied from it, and read by other programs.
out = Console(soft_wrap=True)
notes = Console(stderr=True)
_ENDLESS = 1_000_000


def progress_bars(counting: ProgressColumn) -> Progress:
    """Return bars beside what is printed, gone at the end."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        counting,
        console=notes,
        transient=True,
    )


def table_print(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows under their columns.

    The first column is what other commands ask for, so it is never folded; where no terminal is being written to,
    for instance into a pipe, nothing is: every row stays one line.
    """
    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=place == 0)
    for row in rows:
        table.add_row(*row)
    if out.is_terminal:
        out.print(table, soft_wrap=False)
        return
    endless = out.options.update(max_width=_ENDLESS)
    Console(file=out.file, width=max(Measurement.get(out, endless, table).maximum, 1)).print(table)
