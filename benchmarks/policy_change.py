"""What a change of one rule costs to look at and to order, over a million verdicts on twelve clauses.

Fills a database of its own, with a ruling on every post and as many judgments of pairs of responses (``JUDGMENTS``),
has one clause of twelve changed in its meaning, and measures: the impact of the draft, of
the same with all twelve changed; what a campaign would ask; the pages of unclear clauses; the campaign, from the order
to its last task, whose maker is killed on the way, and holding it back, going on and cancelling. It then counts, in SQL
of its own, that exactly the answers to the changed clause are asked again and no others, and tries to alter by SQL what
must not be alterable. Run it by ``make bench NAME=policy_change``; ``VERDICTS`` and ``ROUNDS`` change its size.
``DEMO=0`` leaves out the demo world, where people's answers are asked again to the last one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import psutil

from benchmarks.agreeing.database import ROOT, _cpu_s, postgres
from benchmarks.changing.material import (
    CHANGED,
    CLAUSES,
    Generated,
    clause_document,
    clause_keys,
    generated_make,
    release_out,
)
from benchmarks.changing.pairs import AXIS, axis_document, pairs_make, precedents_make

VERDICTS = int(os.environ.get("VERDICTS", "1000000"))
JUDGMENTS = int(os.environ.get("JUDGMENTS", "1000000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
NARROWER = "Praise that only quotes others is not meant."


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    figures: dict[str, Any] = {"name": "policy_change", "clauses": CLAUSES, "processors": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder:
        with postgres(Path(folder) / "home") as server:
            began = time.perf_counter()
            made = generated_make(VERDICTS)
            figures |= {"verdicts": made.posts * CLAUSES, "loaded_in_s": _since(began)}
            precedents_make(made, CHANGED, most=made.posts)
            figures |= _impact_figures(made, server)
            figures |= _unclear_figures(made)
            figures |= _campaign_figures(made, server)
            figures |= _pairs_figures(made)
            figures |= _tampering_figures()
        if os.environ.get("DEMO", "1") != "0":
            figures["demo"] = _demo_figures(Path(folder) / "demo")
    print(json.dumps(figures))


def _impact_figures(made: Generated, server: psutil.Process) -> dict[str, Any]:
    """Look at a draft that changes everything, throw it away, then at one that changes one clause."""
    from policies import services as policies
    from policies.selectors.campaign_findings import campaign_plan

    narrower = {key: clause_document(key, words=NARROWER) for key in clause_keys()}
    everything = _draft_changing(made, narrower)
    all_seconds, impact = _looked(made, everything)
    assert impact.totals["answers"] == made.posts * CLAUSES, impact.totals
    policies.release_discard(made.author, release_id=everything)
    draft = _draft_changing(made, {CHANGED: narrower[CHANGED]})
    one_seconds, impact = _looked(made, draft)
    assert impact.totals["answers"] == made.posts, impact.totals
    assert impact.totals["decisions"] == made.posts, impact.totals
    listed = _listed_s(made, draft, "precedents")
    assert [clause.clause_key for clause in impact.clauses] == [CHANGED]
    began = time.perf_counter()
    assert campaign_plan(made.author, draft).population == made.posts
    planned = _since(began)
    release_out(made, draft)
    return {
        "impact_of_one_clause_s": one_seconds,
        "impact_of_all_clauses_s": all_seconds,
        "campaign_planned_s": planned,
        "stopped_answers": impact.totals["answers"],
        "stopped_precedents": impact.totals["precedents"],
        "precedents_listed_s": listed,
        "precedents_page_s": _precedents_page_s(made),
        "hours_told": round(impact.hours, 1),
        "timings_told": impact.timings,
        "postgres_rss_mb": round(sum(p.memory_info().rss for p in server.children()) / 2**20),
    }


def _pairs_figures(made: Generated) -> dict[str, Any]:
    """What changing an axis by which pairs were judged takes to look at and to plan."""
    if not JUDGMENTS:
        return {}
    from policies.selectors.campaign_findings import campaign_plan

    began = time.perf_counter()
    pairs = pairs_make(made, JUDGMENTS)
    loaded = _since(began)
    draft = _draft_changing(pairs, {AXIS: axis_document(words=NARROWER)})
    seconds, impact = _looked(pairs, draft)
    assert impact.totals == {"judgments": JUDGMENTS, "comparison decisions": JUDGMENTS}, impact.totals
    began = time.perf_counter()
    assert campaign_plan(made.author, draft).population == JUDGMENTS
    return {
        "judgments": JUDGMENTS,
        "judgments_loaded_in_s": loaded,
        "impact_of_an_axis_s": seconds,
        "campaign_over_pairs_planned_s": _since(began),
        "judgments_listed_s": _listed_s(pairs, draft, "judgments"),
        "comparison_decisions_listed_s": _listed_s(pairs, draft, "comparison decisions"),
    }


def _listed_s(made: Generated, release_id: uuid.UUID, noun: str) -> float:
    """The slower of the first page of what is counted, and the one after it."""
    from policies.selectors.records import RecordsAsked, records_page

    slowest, cursor = 0.0, None
    for _ in range(2):
        began = time.perf_counter()
        page = records_page(made.author, release_id, RecordsAsked((noun,)), cursor=cursor)
        slowest, cursor = max(slowest, time.perf_counter() - began), page.cursor
        assert len(page.records) == 50
    return round(slowest, 2)


def _precedents_page_s(made: Generated) -> float:
    from policies.selectors.precedents import precedent_views, precedents_in

    began = time.perf_counter()
    assert len(precedent_views(list(precedents_in(made.author, made.project_id).order_by("-id")[:50]))) == 50
    return round(time.perf_counter() - began, 2)


def _draft_changing(made: Generated, documents: dict[str, dict[str, Any]]) -> uuid.UUID:
    from policies import services as policies

    draft = policies.release_draft(made.author, policy_id=made.policy_id, based_on_id=made.release_id)
    for key, document in documents.items():
        version = draft.clauses.get(key=key).version
        policies.clause_edit(
            made.author,
            release_id=draft.pk,
            key=key,
            version=version,
            document=document,
            change="semantic",
            change_reason="Quoting is not praising.",
        )
    return uuid.UUID(str(draft.pk))


def _looked(made: Generated, release_id: uuid.UUID) -> tuple[float, Any]:
    """Return the slowest of several looks, and what it told."""
    from policies.selectors.impact import impact_get

    slowest, impact = 0.0, None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        impact = impact_get(made.author, release_id)
        slowest = max(slowest, time.perf_counter() - began)
    return round(slowest, 2), impact


def _unclear_figures(made: Generated) -> dict[str, Any]:
    """What the page of unclear clauses and the page of one of them take."""
    from annotation.selectors.ambiguity import clause_splits, clauses_unclear
    from policies.selectors import release_get

    release = release_get(made.release_id)
    began = time.perf_counter()
    ranked = clauses_unclear(made.project_id, [release])
    unclear = _since(began)
    assert [row.posts for row in ranked] == [made.posts] * CLAUSES
    began = time.perf_counter()
    clause_splits(made.project_id, release, release.clauses[CHANGED])
    return {"unclear_page_s": unclear, "unclear_clause_page_s": _since(began)}


def _campaign_figures(made: Generated, server: psutil.Process) -> dict[str, Any]:
    """Order the campaign, let its job make the tasks, and hold every task against the answers themselves.

    Whoever makes the tasks is killed on the way, once, and somebody else goes on. Then all of it is held back, goes on,
    and is cancelled.
    """
    from policies import services as policies
    from policies.models import CampaignItem
    from policies.selectors import release_current
    from policies.services.campaign_steps import campaign_carry
    from policies.services.campaign_tasks import campaign_make_tasks

    second = release_current(made.project_id)
    assert second is not None
    began = time.perf_counter()
    campaign = policies.campaign_start(
        made.author, project_id=made.project_id, release_id=second.id, against_id=made.release_id
    )
    ordered = _since(began)
    killed_at = _killed_on_the_way(campaign.pk, at_least=made.posts // 4)
    own, theirs, began = time.process_time(), _cpu_s(server), time.perf_counter()
    result = campaign_make_tasks(
        campaign_id=campaign.pk, requested_by_id=made.author.user.pk, progress=lambda _: None
    )
    took, left = time.perf_counter() - began, result["tasks"] - killed_at
    spent = time.process_time() - own + _cpu_s(server) - theirs
    counts = _asked_and_stale(campaign.pk, made)
    assert counts == {"asked": made.posts, "asked_and_not_stale": 0, "stale_and_not_asked": 0}, counts
    assert CampaignItem.objects.filter(campaign=campaign).count() == made.posts
    steps = {}
    for step in (policies.campaign_pause, policies.campaign_resume, policies.campaign_cancel):
        began = time.perf_counter()
        step(made.author, campaign.pk)
        steps[f"{step.__name__}_s"] = round(time.perf_counter() - began, 2)
        began = time.perf_counter()
        campaign_carry(campaign_id=campaign.pk, progress=lambda done, total: None)
        steps[f"{step.__name__}_followed_s"] = _since(began)
    assert not _row(
        "SELECT count(*) FROM queue_slot WHERE state <> ALL(%(over)s)", {"over": ["filled", "withdrawn"]}
    )[0]
    return {
        "campaign_ordered_s": ordered,
        "campaign_tasks": result["tasks"],
        "campaign_killed_at": killed_at,
        "campaign_s_per_100k_tasks": round(took / left * 100_000, 1),
        "campaign_cpu_s_per_100k_tasks": round(spent / left * 100_000, 1),
        **steps,
        **counts,
    }


_MAKING = """
import django
django.setup()
from uuid import UUID
from policies.services.campaign_tasks import campaign_make_tasks
campaign_make_tasks(
    campaign_id=UUID({campaign!r}), requested_by_id=None, progress=lambda made: print(made, flush=True))
"""


def _killed_on_the_way(campaign_id: uuid.UUID, *, at_least: int) -> int:
    """Make tasks in another process and kill it, as by kill -9, once so many are there; return how many were kept."""
    from policies.models import CampaignItem

    command = [sys.executable, "-c", _MAKING.format(campaign=str(campaign_id))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        for line in other.stdout:
            if int(line) >= at_least:
                other.send_signal(signal.SIGKILL)
                break
    return CampaignItem.objects.filter(campaign_id=campaign_id).count()


def _asked_and_stale(campaign_id: uuid.UUID, made: Generated) -> dict[str, int]:
    """Compare what is asked, clause by clause of post by post, with the answers that cite the old meaning."""
    questions = """
WITH asked AS (
  SELECT post_id, unnest(clause_keys) AS clause_key FROM queue_task
  WHERE source = 'campaign' AND source_id = %(campaign)s
), stale AS (
  SELECT DISTINCT post_id, clause_key FROM annotation_verdict
  WHERE project_id = %(project)s AND clause_key = %(changed)s AND meaning_revision = 1
)
SELECT (SELECT count(*) FROM asked),
  (SELECT count(*) FROM (SELECT * FROM asked EXCEPT ALL SELECT * FROM stale) AS more),
  (SELECT count(*) FROM (SELECT * FROM stale EXCEPT ALL SELECT * FROM asked) AS less)
"""
    values = {"campaign": campaign_id, "project": made.project_id, "changed": CHANGED}
    return dict(
        zip(("asked", "asked_and_not_stale", "stale_and_not_asked"), _row(questions, values), strict=True)
    )


_TAMPERING = {
    "a published clause's words": "UPDATE policies_clause SET question = 'Another?' WHERE meaning_revision = 1",
    "a clause's meaning revision": "UPDATE policies_clause SET meaning_revision = 9 WHERE meaning_revision = 1",
    "a published clause": "DELETE FROM policies_clause WHERE meaning_revision = 1",
    "a release's hash": "UPDATE policies_release SET content_sha256 = repeat('0', 64) WHERE number = 1",
    "a release's number": "UPDATE policies_release SET number = 7 WHERE number = 1",
    "a release's state": "UPDATE policies_release SET state = 'draft' WHERE number = 1",
    "a release": "DELETE FROM policies_release WHERE number = 1",
    "an answer's meaning": "UPDATE annotation_verdict SET meaning_revision = 2",
    "an answer": "DELETE FROM annotation_verdict",
    "a submission": "UPDATE queue_submission SET document = '[]'",
    "a decision": "UPDATE annotation_decision SET answer = 'no'",
    "a clause's translations": "UPDATE policies_clause SET translations = '[{}]' WHERE meaning_revision = 1",
    "a release's lineage": "UPDATE policies_release SET lineage = '[{}]' WHERE number = 1",
    "what an approval says": "UPDATE policies_approval SET verdict = 'refused'",
    "which policy a key belongs to": "UPDATE policies_clauseidentity SET key = 'other'",
    "a policy's key": "UPDATE policies_policy SET key = 'other'",
    "all clauses": "TRUNCATE policies_clause CASCADE",
    "all releases": "TRUNCATE policies_release CASCADE",
    "all keys": "TRUNCATE policies_clauseidentity CASCADE",
    "all answers": "TRUNCATE annotation_verdict CASCADE",
    "all decisions": "TRUNCATE annotation_decision CASCADE",
}


def _tampering_figures() -> dict[str, Any]:
    """Try each as the owner of the tables; say which the database refused, and fail on one that it let through."""
    from django.db import DatabaseError, connection, transaction

    refused: list[str] = []
    let_through: list[str] = []
    for what, statement in _TAMPERING.items():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                (let_through if cursor.rowcount else refused).append(what)
                transaction.set_rollback(True)
        except DatabaseError:
            refused.append(what)
    assert not let_through, f"SQL altered: {', '.join(let_through)}"
    return {"tampering_tried": len(_TAMPERING), "tampering_refused": len(refused)}


def _demo_figures(home: Path) -> dict[str, Any]:
    """Run the demo, whose rule changes after people have answered; its own check compares what was asked."""
    environment = {**os.environ, "CONCORD_HOME": str(home)}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    steps = json.loads((home / "demo" / "last-steps.json").read_text(encoding="utf-8"))
    (step,) = [step for step in steps.values() if "stale_posts" in step]
    assert step["stale_posts"] == step["tasks"], step
    told = ("stale_posts", "tasks", "answers", "clauses_asked", "from", "to")
    return {"seconds": _since(began), **{name: step[name] for name in told}}


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(cursor.fetchone())


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 1)


if __name__ == "__main__":
    main()
