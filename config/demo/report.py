"""The table that the demo ends in: what each step produced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

Rows = Iterator[tuple[str, str]]


def report_print(steps: Mapping[str, Any], console: Console) -> None:
    """Print one row a figure, grouped by step."""
    table = Table(title="What the demo produced", title_justify="left", show_lines=False)
    table.add_column("step", style="bold", no_wrap=True)
    table.add_column("what")
    table.add_column("figure", justify="right")
    for name, title, rows in _SECTIONS:
        if name not in steps:
            continue
        for number, (what, figure) in enumerate(rows(steps[name])):
            table.add_row(title if number == 0 else "", what, figure)
        table.add_section()
    console.print(table)


def _policy(facts: Mapping[str, Any]) -> Rows:
    yield "release", facts["label"]
    yield "verdict clauses, comparison axes", f"{facts['verdict_clauses']}, {facts['axis_clauses']}"


def _posts(facts: Mapping[str, Any]) -> Rows:
    yield "posts, media files", f"{facts['posts']}, {facts['files']}"
    yield "languages", " ".join(facts["languages"])


def _comparisons(facts: Mapping[str, Any]) -> Rows:
    yield "comparisons", str(facts["comparisons"])


def _answers(facts: Mapping[str, Any]) -> Rows:
    yield "tasks, simulated answers", f"{facts['tasks']}, {facts['answers']}"


def _results(facts: Mapping[str, Any]) -> Rows:
    for key, row in facts["agreement"].items():
        figure = "undefined" if row["alpha"] is None else f"{row['alpha']:.3f} [{_low_high(row)}]"
        yield f"Krippendorff's α, {key}", figure
    yield "decisions, undecided", f"{facts['decisions']}, {facts['undecided']}"
    yield "adjudicated", str(facts["adjudicated"])


def _low_high(row: Mapping[str, Any]) -> str:
    return "no interval" if row["low"] is None else f"{row['low']:.3f} … {row['high']:.3f}"


def _round(facts: Mapping[str, Any]) -> Rows:
    yield "clause, encoder", f"{facts['clause_key']}, {facts['encoder']}"
    yield "posts embedded, chosen by the head", f"{facts['embedded']}, {facts['picked']}"
    for name, value in facts["metrics"].items():
        yield f"held out: {name}", f"{value:.3f}" if isinstance(value, float) else str(value)


def _scan(facts: Mapping[str, Any]) -> Rows:
    yield "decisions planted wrong, wrong in all", f"{facts['planted']}, {facts['wrong']}"
    yield "suspects", str(facts["suspects"])
    yield "precision (suspects that are wrong)", f"{facts['precision']:.2f}"
    yield "recall (planted ones found)", f"{facts['recall']:.2f}"


def _change(facts: Mapping[str, Any]) -> Rows:
    yield "release", facts["label"]
    yield (
        "meaning changed, wording changed",
        f"{', '.join(facts['semantic'])}; {', '.join(facts['editorial'])}",
    )
    yield (
        "impact read before publishing",
        ", ".join(f"{count} {name}" for name, count in facts["impact"].items()),
    )


def _campaign(facts: Mapping[str, Any]) -> Rows:
    yield f"posts whose decision is stale ({facts['from']} → {facts['to']})", str(facts["stale_posts"])
    yield "tasks, answers", f"{facts['tasks']}, {facts['answers']}"
    yield "clauses asked again", ", ".join(facts["clauses_asked"])


def _versions(facts: Mapping[str, Any]) -> Rows:
    for name, version in facts["versions"].items():
        yield f"{name}@{version['number']}", f"{version['release_label']}, {version['content_sha256'][:12]}"
        for kind, counts in version["counts"].items():
            simulated = version["simulated"].get(kind)
            note = f" ({simulated} simulated)" if simulated is not None else ""
            yield f"  {kind}", ", ".join(f"{split} {count}" for split, count in counts.items()) + note


def _loaded(facts: Mapping[str, Any]) -> Rows:
    for kind, row in facts["loaded"].items():
        if "problem" in row:
            yield f"load_dataset {kind}", row["problem"]
            continue
        step = (
            "no step (training extra not installed)"
            if row["loss"] is None
            else f"one step, loss {row['loss']:.3f}"
        )
        trained = kind in {"sft", "rm", "dpo"}
        yield f"load_dataset {kind}", f"{sum(row['rows'].values())} rows" + (f", {step}" if trained else "")


def _kept(facts: Mapping[str, Any]) -> Rows:
    yield "acknowledged answers, missing", f"{facts['acknowledged']}, {facts['missing']}"


_SECTIONS = (
    ("policy", "1 policy", _policy),
    ("posts", "2 import", _posts),
    ("comparisons", "", _comparisons),
    ("labels", "3 labels", _answers),
    ("judgments", "  judgments", _answers),
    ("results", "4 agreement", _results),
    ("round", "5 active learning", _round),
    ("scan", "6 label noise", _scan),
    ("change", "7 policy change", _change),
    ("campaign", "  campaign", _campaign),
    ("versions", "8 dataset versions", _versions),
    ("loading", "  loaded back", _loaded),
    ("kept", "nothing lost", _kept),
)
