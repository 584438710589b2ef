"""A released policy of twelve clauses, and posts whose every clause was answered, straight in the database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from benchmarks.queueing.material import tables_tend

CLAUSES = 12
CHANGED = "rule-01"
_PEOPLE = 20


@dataclass(frozen=True)
class Generated:
    """The project, who writes and who approves its policy, and the release that was answered under."""

    project_id: uuid.UUID
    policy_id: uuid.UUID
    release_id: uuid.UUID
    author: Any
    approver: Any
    posts: int


def clause_keys() -> list[str]:
    """Return the keys of the twelve clauses."""
    return [f"rule-{number:02d}" for number in range(1, CLAUSES + 1)]


def clause_document(key: str, *, words: str = "") -> dict[str, Any]:
    """Return a clause as its author would save it; ``words`` change what it means."""
    return {
        "kind": "verdict",
        "title": f"Rule {key}",
        "question": f"Does the post break {key}?",
        "blocks": [
            {"id": "d", "type": "definition", "text": f"What {key} forbids is offered or praised. {words}"}
        ],
        "answers": [
            {"value": "no", "label": "No"},
            {"value": "unclear", "label": "Unclear"},
            {"value": "yes", "label": "Yes", "harmful": True},
        ],
        "severities": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}],
        "modalities": ["text"],
        "evidence_kinds": ["whole_post"],
        "requires": {"evidence": False, "reason": False, "severity": False},
    }


# One statement a table; rows refer to each other by construction, so references are not checked. Every tenth
# answer finds something, with a severity; each clause has its own tenth.
_FILL = (
    """INSERT INTO content_post
  (id, project_id, external_id, language, source, group_key, metadata, content_sha256, is_hidden)
SELECT uuidv7(), %(project)s, 'bench-' || n, (ARRAY['en', 'de', 'ar', 'fr'])[1 + n %% 4], 'market', '', '{}',
  md5(n::text) || md5(n::text), false
FROM generate_series(1, %(posts)s) AS n ORDER BY n""",
    """CREATE TEMPORARY TABLE given AS
SELECT id AS post_id, substr(external_id, 7)::int AS n, uuidv7() AS task_id, uuidv7() AS slot_id,
  uuidv7() AS lease_id, uuidv7() AS answer_id, (%(people)s::uuid[])[1 + substr(external_id, 7)::int %% %(many)s] AS who
FROM content_post WHERE project_id = %(project)s ORDER BY id""",
    """INSERT INTO queue_task
  (id, project_id, kind, post_id, release_id, clause_keys, slots, priority, state, source, context)
SELECT task_id, %(project)s, 'label', post_id, %(release)s, %(keys)s, 1, 0, 'closed', 'manual', '{}' FROM given""",
    """INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state)
SELECT slot_id, task_id, 0, %(project)s, 'label', 0, 'filled' FROM given""",
    """INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
SELECT lease_id, task_id, slot_id, who, 1, 'submitted', now(), '' FROM given""",
    """INSERT INTO queue_submission (
  id, task_id, slot_id, lease_id, lease_epoch, person_id, document, document_sha256, active_ms, is_late,
  late_reason, created_at)
SELECT answer_id, task_id, slot_id, lease_id, 1, who, '{}', repeat('0', 64), 36000 + n %% 90000, false, '',
  now() - interval '30 days' + n * interval '2 seconds'
FROM given""",
    """INSERT INTO annotation_verdict (
  id, submission_id, project_id, post_id, release_id, clause_key, meaning_revision, answer, severity, reason,
  is_assisted)
SELECT uuidv7(), answer_id, %(project)s, post_id, %(release)s, clause.key, 1,
  CASE WHEN (n + clause.number) %% 10 = 0 THEN 'yes' ELSE 'no' END,
  CASE WHEN (n + clause.number) %% 10 = 0 THEN 1 + n %% 2 END, '', false
FROM given CROSS JOIN unnest(%(keys)s::text[]) WITH ORDINALITY AS clause(key, number) ORDER BY n""",
    """INSERT INTO annotation_decision (
  id, project_id, post_id, release_id, clause_key, meaning_revision, answer, severity, confidence, method,
  submissions, evidence, reason_code, reason)
SELECT uuidv7(), project_id, post_id, release_id, clause_key, 1, answer, severity, 1, 'unanimous',
  ARRAY[submission_id], '[]', '', ''
FROM annotation_verdict WHERE project_id = %(project)s""",
)


def generated_make(verdicts: int) -> Generated:
    """Make so many verdicts, twelve to a post; the policy is written and released by its services."""
    import django

    django.setup()
    from core.accounts.selectors import Actor
    from core.accounts.services import member_add, organization_create, project_create, user_create
    from policies import services as policies

    manager, author, approver = (
        user_create(f"{name}@bench.example.org", display_name=name.title())
        for name in ("manager", "author", "approver")
    )
    organization = organization_create("Benchmark", slug="benchmark")
    project = project_create(Actor(manager), organization=organization, name="Change", slug="change")
    for user in (author, approver):
        member_add(None, project=project, email=user.email, roles=["policy_editor"])
    policy = policies.policy_create(Actor(author), project_id=project.pk, key="safety", title="Safety")
    draft = policies.release_draft(Actor(author), policy_id=policy.pk, title="First")
    for key in clause_keys():
        policies.clause_add(Actor(author), release_id=draft.pk, key=key, document=clause_document(key))
    people = []
    for number in range(_PEOPLE):
        person = user_create(f"annotator{number}@bench.example.org", display_name=f"Annotator {number}")
        member_add(None, project=project, email=person.email, roles=["annotator"])
        people.append(person.pk)
    made = Generated(project.pk, policy.pk, draft.pk, Actor(author), Actor(approver), verdicts // CLAUSES)
    release_out(made, draft.pk)
    _fill(made, people)
    return made


def release_out(made: Generated, draft_id: uuid.UUID) -> None:
    """Take a draft through review and publish it."""
    from policies import services as policies

    policies.release_submit(made.author, release_id=draft_id)
    policies.release_approve(made.approver, release_id=draft_id, verdict="approved")
    policies.release_publish(made.approver, release_id=draft_id)


def _fill(made: Generated, people: list[uuid.UUID]) -> None:
    from django.db import connection, transaction

    from annotation.services.tallies import tallies_renew

    values: dict[str, Any] = {
        "project": made.project_id,
        "release": made.release_id,
        "keys": clause_keys(),
        "posts": made.posts,
        "people": people,
        "many": len(people),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in _FILL:
            cursor.execute(statement, values)
    # Triggers were off.
    tallies_renew()
    tables_tend()
