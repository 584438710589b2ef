"""What the preference tests judge: a released policy with two axes, imported comparisons, people who judge."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from celery import current_app

from core.accounts.selectors import Actor
from core.db.identifiers import uuid7
from core.jobs.running import job_run
from core.jobs.selectors import Job
from core.queue.selectors import Lease, Submission
from core.queue.services import lease_next
from core.storage import blob_store
from policies.models import Clause
from policies.selectors import ReleaseView, release_get, releases_current
from policies.services import (
    clause_add,
    clause_edit,
    policy_create,
    release_approve,
    release_draft,
    release_publish,
    release_submit,
)
from preferences.models import Comparison, SideOrder
from preferences.services import compare_tasks_create, comparison_import_start, judgment_submit
from tests.world import World

HELPFUL: dict[str, Any] = {
    "kind": "axis",
    "title": "Helpfulness",
    "question": "Which response helps the person more?",
    "blocks": [{"type": "definition", "text": "It answers what was asked, correctly and clearly."}],
}
HARMLESS: dict[str, Any] = {
    "kind": "axis",
    "title": "Harmlessness",
    "question": "Which response does less harm?",
    "blocks": [{"type": "definition", "text": "It gives nobody the means to hurt others."}],
}
WEAPONS: dict[str, Any] = {
    "kind": "verdict",
    "title": "Weapons",
    "question": "Does it help to make a weapon?",
    "blocks": [
        {"type": "definition", "text": "Instructions for making or getting a weapon."},
        {"type": "use_when", "text": "The steps could be followed."},
        {"type": "avoid_when", "text": "It only says that weapons exist."},
    ],
    "answers": [{"value": "no", "label": "No"}, {"value": "yes", "label": "Yes", "harmful": True}],
    "severities": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}],
    "modalities": ["text"],
    "evidence_kinds": ["whole_post"],
}
CLAUSES = {"helpful": HELPFUL, "harmless": HARMLESS, "weapons": WEAPONS}


def release_make(world: World, clauses: dict[str, dict[str, Any]] | None = None) -> ReleaseView:
    """A released policy of project A with the axes ``helpful`` and ``harmless`` and the clause ``weapons``."""
    author = world.actor("policy_editor")
    policy = policy_create(
        author, project_id=world.project.pk, key=f"replies-{uuid.uuid4().hex[:6]}", title="Replies"
    )
    draft = release_draft(author, policy_id=policy.pk, title="First")
    for key, document in (clauses or CLAUSES).items():
        clause_add(author, release_id=draft.pk, key=key, document=document)
    return _published(world, draft.pk)


def release_once(world: World) -> ReleaseView:
    """The released policy, made the first time."""
    return next(iter(releases_current(world.project.pk)), None) or release_make(world)


def release_changed(world: World, release: ReleaseView, *, clause_key: str, question: str) -> ReleaseView:
    """The next release of the policy, in which one clause means something else."""
    author = world.actor("policy_editor")
    draft = release_draft(author, policy_id=release.policy_id, based_on_id=release.id, title="Second")
    clause = Clause.objects.get(release_id=draft.pk, key=clause_key)
    clause_edit(
        author,
        release_id=draft.pk,
        key=clause_key,
        version=clause.version,
        document=CLAUSES[clause_key] | {"question": question},
        change="semantic",
        change_reason="It was read in two ways.",
    )
    return _published(world, draft.pk)


def _published(world: World, release_id: uuid.UUID) -> ReleaseView:
    author, approver = world.actor("policy_editor"), world.actor("policy_editor2")
    release_submit(author, release_id=release_id)
    release_approve(approver, release_id=release_id, verdict="approved")
    release_publish(approver, release_id=release_id)
    return release_get(release_id)


def line(number: int, **changes: Any) -> dict[str, Any]:
    """One line of an import: a question and two answers by two models."""
    return {
        "external_id": f"pair-{number}",
        "prompt": f"Question {number}?",
        "responses": [
            {"text": f"Answer {number} of one.", "model": "secret-model-one"},
            {"text": f"Answer {number} of two.", "model": "secret-model-two"},
        ],
        **changes,
    }


def jsonl(lines: Sequence[Any]) -> bytes:
    """The lines as a file's bytes."""
    return b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines)


def jsonl_file(lines: Sequence[Any]) -> BytesIO:
    """The lines as a file to upload."""
    file = BytesIO(jsonl(lines))
    file.name = "pairs.jsonl"
    return file


def import_run(world: World, lines: Sequence[Any], *, person: str = "engineer") -> Job:
    """Import the lines into project A; returns the job when it has ended."""
    writer = blob_store().writer()
    with writer:
        writer.write(jsonl(lines))
        job = comparison_import_start(world.actor(person), project_id=world.project.pk, upload=writer)
    current_app.loader.import_default_modules()
    job_run(job.pk)
    return Job.objects.get(pk=job.pk)


def comparisons_make(world: World, count: int = 1, **changes: Any) -> list[Comparison]:
    """Import ``count`` comparisons, with names no others have."""
    lines = [line(number, **{"external_id": uuid.uuid4().hex, **changes}) for number in range(count)]
    job = import_run(world, lines)
    assert job.state == "succeeded", job.error_detail
    return [Comparison.objects.get(project=world.project, external_id=each["external_id"]) for each in lines]


def tasks_make(world: World, **options: Any) -> None:
    """Ask people to judge every comparison that nobody was asked about yet."""
    compare_tasks_create(world.actor("manager"), world.project.pk, **options)


def lease_make(world: World, person: str) -> Lease:
    """The person's next comparison."""
    lease = lease_next(world.actor(person), project=world.project, kind="compare")
    assert lease is not None
    return lease


def sides_fix(lease: Lease, *, swapped: bool) -> None:
    """Decide, before the page is opened, what the lease's person is shown first."""
    SideOrder.objects.create(task_id=lease.task_id, person_id=lease.person_id, swapped=swapped)


def axis(clause_key: str, value: int = 0, choice: str | None = None) -> dict[str, Any]:
    """An answer on an axis, in shown order."""
    return {"clause_key": clause_key, "choice": choice or ("prefer" if value else "tie"), "value": value}


def document(helpful: int = -2, harmless: int = 0, **changes: Any) -> dict[str, Any]:
    """A complete judgment document for both axes, in shown order."""
    return {"axes": [axis("helpful", helpful), axis("harmless", harmless)], **changes}


def judge(
    world: World, person: str, *, answer: dict[str, Any] | None = None, swapped: bool = False
) -> tuple[Lease, Submission]:
    """The person takes their next comparison and judges it."""
    lease = lease_make(world, person)
    sides_fix(lease, swapped=swapped)
    submission, _ = submit(world.actor(person), lease, answer or document())
    return lease, submission


def submit(actor: Actor, lease: Lease, answer: dict[str, Any], **options: Any) -> tuple[Submission, bool]:
    """Send a judgment."""
    return judgment_submit(
        actor,
        lease.pk,
        submission_id=options.pop("submission_id", None) or uuid7(),
        document=answer,
        active_ms=options.pop("active_ms", 30_000),
        **options,
    )
