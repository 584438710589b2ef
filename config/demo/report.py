"""The table that the demo ends in: what each step produced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

Rows = Iterator[tuple[str, str]]

_SPLITS = ("train", "validation", "test")
_METRICS = (
    "accuracy",
    "macro_f1",
    "harmful_precision",
    "harmful_recall",
    "average_precision",
    "log_loss",
    "brier",
    "calibration_error",
)
_CAPTION = (
    "Every answer is a simulated annotator's, one of five careless on purpose: the figures show what Concord counts, "
    "and say nothing of people or models."
)


def report_print(steps: Mapping[str, Any], console: Console) -> None:
    """Print one row a figure, grouped by step."""
    table = Table(
        title="What the demo produced", title_justify="left", caption=_CAPTION, caption_justify="left"
    )
    table.add_column("step", style="bold", no_wrap=True)
    table.add_column("what")
    table.add_column("figure")
    table.add_column("took", justify="right", no_wrap=True)
    for name, title, rows in _SECTIONS:
        if name not in steps:
            continue
        took = f"{steps[name]['seconds']:.0f} s" if "seconds" in steps[name] else ""
        for number, (what, figure) in enumerate(rows(steps[name])):
            table.add_row(title if number == 0 else "", what, figure, took if number == 0 else "")
        table.add_section()
    console.print(table)


def _policy(facts: Mapping[str, Any]) -> Rows:
    yield "release", facts["label"]
    yield "clauses", f"{facts['verdict_clauses']} about posts, {facts['axis_clauses']} to compare replies on"


def _posts(facts: Mapping[str, Any]) -> Rows:
    yield "posts", f"{facts['posts']}, with {facts['files']} media files"
    yield "languages", " ".join(facts["languages"])


def _comparisons(facts: Mapping[str, Any]) -> Rows:
    yield "pairs of replies", str(facts["comparisons"])


def _answers(facts: Mapping[str, Any]) -> Rows:
    yield "answers", f"{facts['answers']} to {facts['tasks']} tasks"


def _results(facts: Mapping[str, Any]) -> Rows:
    for key, row in facts["agreement"].items():
        figure = "undefined" if row["alpha"] is None else f"{row['alpha']:.3f} ({_low_high(row)})"
        yield f"Krippendorff's α, {key}", figure
    yield "decisions", f"{facts['decisions']}, of them {facts['undecided']} undecided"
    yield "adjudicated by a reviewer", str(facts["adjudicated"])


def _rulings(facts: Mapping[str, Any]) -> Rows:
    yield (
        f"posts settled by a policy expert, {facts['clause_key']}",
        f"{facts['ruled']}, {facts['approved']} approved",
    )
    yield "found by likeness", f"{facts['found']} beside {facts['like']}, by {facts['by']}"


def _low_high(row: Mapping[str, Any]) -> str:
    return "no interval" if row["low"] is None else f"95 %: {row['low']:.3f} to {row['high']:.3f}"


def _round(facts: Mapping[str, Any]) -> Rows:
    yield "clause, encoder", f"{facts['clause_key']}, {facts['encoder']}"
    yield "decided before", ", ".join(f"{count} {answer}" for answer, count in facts["decided"].items())
    yield (
        "chosen to be labelled next",
        f"{facts['picked']} of {facts['embedded']} posts, by {facts['strategy']}",
    )
    if facts["strategy"] != facts["asked_strategy"]:
        yield f"not by {facts['asked_strategy']}, as asked", "too few different answers to train a head on"
        return
    measured = facts["metrics"]
    yield "held out to measure the head", f"{measured['posts']} posts"
    for name in _METRICS:
        if name in measured:
            value = measured[name]
            yield f"  {name.replace('_', ' ')}", "undefined" if value is None else f"{value:.3f}"


def _scan(facts: Mapping[str, Any]) -> Rows:
    yield "wrong decisions", f"{facts['wrong']}, of them {facts['planted']} planted"
    yield "suspects", str(facts["suspects"])
    yield (
        "precision (suspects that are wrong)",
        f"{facts['precision']:.2f}" if facts["suspects"] else "no suspects",
    )
    yield "recall (planted ones found)", f"{facts['recall']:.2f}" if facts["planted"] else "none was planted"


def _change(facts: Mapping[str, Any]) -> Rows:
    yield "release", facts["label"]
    yield "meaning changed", ", ".join(facts["semantic"])
    yield "wording changed, meaning kept", ", ".join(facts["editorial"])
    impact = ", ".join(f"{count} {name}" for name, count in facts["impact"].items())
    yield "no longer hold (known before publishing)", impact


def _campaign(facts: Mapping[str, Any]) -> Rows:
    yield f"stale posts ({facts['from']} → {facts['to']})", str(facts["stale_posts"])
    yield "answers", f"{facts['answers']} to {facts['tasks']} tasks"
    yield "clauses asked again", ", ".join(facts["clauses_asked"])


def _versions(facts: Mapping[str, Any]) -> Rows:
    for name, version in facts["versions"].items():
        yield (
            f"{name}@{version['number']}",
            f"{version['release_label']}, content {version['content_sha256'][:12]}",
        )
        for kind in version["kinds"]:
            yield f"  {kind}", _rows_of(version, kind)


def _rows_of(version: Mapping[str, Any], kind: str) -> str:
    counts = version["counts"][kind]
    total, simulated = sum(counts.values()), version["simulated"][kind]
    if not total:
        left_out = ", ".join(f"{reason} {count}" for reason, count in version["exclusions"][kind].items())
        return f"no rows (left out: {left_out or 'nothing'})"
    splits = ", ".join(f"{split} {counts[split]}" for split in _SPLITS if counts.get(split))
    return f"{splits}; {'all' if simulated == total else simulated} simulated"


def _loaded(facts: Mapping[str, Any]) -> Rows:
    for kind, row in facts["loaded"].items():
        total = sum(row["rows"].values())
        yield f"load_dataset {kind}", f"{total} rows{_step_of(row)}" if total else "no rows"


def _step_of(row: Mapping[str, Any]) -> str:
    if row["loss"] is not None:
        return f", one step with TRL: loss {row['loss']:.3f}"
    return f", no step ({row['no_step']})" if row["no_step"] else ""


def _kept(facts: Mapping[str, Any]) -> Rows:
    yield "acknowledged answers", f"{facts['acknowledged']}, {facts['missing']} missing"


_SECTIONS = (
    ("policy", "1 policy", _policy),
    ("posts", "2 posts", _posts),
    ("comparisons", "  replies", _comparisons),
    ("labels", "3 labels", _answers),
    ("judgments", "  judgments", _answers),
    ("results", "4 agreement", _results),
    ("rulings", "  rulings", _rulings),
    ("round", "5 active learning", _round),
    ("scan", "6 label noise", _scan),
    ("change", "7 policy change", _change),
    ("campaign", "  campaign", _campaign),
    ("versions", "8 dataset versions", _versions),
    ("loading", "  loaded back", _loaded),
    ("kept", "nothing lost", _kept),
)
