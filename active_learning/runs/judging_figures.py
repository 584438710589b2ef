"""What a run found, from its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Max, Min

from active_learning.domain.intervals import share_measured
from active_learning.domain.judged_figures import UNCLEAR, Call, judged_answer, text_figures
from active_learning.domain.judging import CallOutcome, Text
from active_learning.models import JudgingCall, JudgingItem, JudgingRun
from core.endpoints.selectors import calls_cost


def run_figures(run: JudgingRun, *, stopped_by: str = "") -> dict[str, Any]:
    """Compute the figures of a run, and write what the judge made of each post; in the caller's transaction."""
    items = list(JudgingItem.objects.filter(run=run).order_by("place"))
    calls = _calls(run)
    clauses = []
    for key in run.clause_keys:
        own = [item for item in items if item.clause_key == key]
        clauses.append(_clause(run, key, own, calls))
    JudgingItem.objects.bulk_update(items, ["judged", "judged_before"], batch_size=500)
    return {
        "clauses": clauses,
        "cost": _cost(run),
        "stopped_by": stopped_by,
        "posts": len(items),
        "posts_asked": sum(item.judged is not None for item in items),
    }


def _clause(
    run: JudgingRun, key: str, items: Sequence[JudgingItem], calls: dict[str, dict[str, list[Call]]]
) -> dict[str, Any]:
    given = {str(item.pk): item.given for item in items}
    languages = {str(item.pk): item.language for item in items}
    texts: dict[str, Any] = {}
    for text in Text:
        if key not in run.prompts.get(str(text), {}):
            continue
        by_item = calls.get(str(text), {})
        own = [call for item in given for call in by_item.get(item, [])]
        texts[str(text)] = _written(asdict(text_figures(own, given, languages, seed=run.sample_seed)))
        for item in items:
            found = [c for c in by_item.get(str(item.pk), []) if c.outcome != CallOutcome.FAILED]
            answer = judged_answer(found) if found else None
            if text is Text.CANDIDATE:
                item.judged = answer
            else:
                item.judged_before = answer
    return {
        "clause_key": key,
        "title": run.prompts[str(Text.CANDIDATE)][key]["title"],
        "answers": run.prompts[str(Text.CANDIDATE)][key]["answers"],
        "posts": len(items),
        "candidate": texts.get(str(Text.CANDIDATE)),
        "baseline": texts.get(str(Text.BASELINE)),
        "flips": _flips(items) if str(Text.BASELINE) in texts else None,
    }


def _flips(items: Sequence[JudgingItem]) -> dict[str, Any]:
    """Count the posts judged clearly under both texts, and of them those judged otherwise."""
    clear = [item for item in items if item.judged and item.judged_before]
    flipped = [item for item in clear if item.judged != item.judged_before]
    return {
        "share": asdict(share_measured(len(flipped), len(clear))),
        "better": sum(item.judged == item.given for item in flipped),
        "worse": sum(item.judged_before == item.given for item in flipped),
    }


def _written(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures as lists, for JSON with keys that are data."""
    confusion = [
        {"given": given, "judged": judged, "posts": posts}
        for given, row in sorted(figures.pop("confusion").items())
        for judged, posts in sorted(row.items(), key=lambda cell: (cell[0] == UNCLEAR, cell[0]))
    ]
    languages = [
        {"language": language, "agreement": share} for language, share in figures.pop("by_language").items()
    ]
    return figures | {"confusion": confusion, "languages": languages}


def _calls(run: JudgingRun) -> dict[str, dict[str, list[Call]]]:
    found: dict[str, dict[str, list[Call]]] = {}
    rows = JudgingCall.objects.filter(item__run=run).order_by("id")
    for row in rows.iterator(chunk_size=5000):
        call = Call(str(row.item_id), row.order, row.seed, row.outcome, row.answer)
        found.setdefault(row.text, {}).setdefault(call.post, []).append(call)
    return found


def _cost(run: JudgingRun) -> dict[str, Any]:
    rows = JudgingCall.objects.filter(item__run=run)
    used = calls_cost(rows, run.endpoint, first=Min("created_at"), last=Max("created_at"))
    wall = (used["last"] - used["first"]).total_seconds() if used["first"] else 0.0
    return {
        "calls": rows.count(),
        "tokens_in": used["tokens_in"],
        "tokens_out": used["tokens_out"],
        "seconds_of_answers": round(used["duration_ms"] / 1000, 3),
        "seconds_passed": round(wall, 3),
        "money": used["money"],
    }
