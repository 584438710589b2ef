"""An axis by which pairs of responses were judged, and rulings on posts, straight in the database."""

from __future__ import annotations

import uuid
from typing import Any

from benchmarks.changing.material import Generated, release_out
from benchmarks.queueing.material import tables_tend

AXIS = "helpful"
_PROMPTS = 10_000

# One statement a table; rows refer to each other by construction, so references are not checked.
ASKED_AND_ANSWERED = (
    """INSERT INTO preferences_comparison
  (id, project_id, external_id, prompt_id, response_a_id, response_b_id, metadata, content_sha256)
SELECT comparison_id, %(project)s, 'bench-' || n, prompt_id, a_id, b_id, '{}', md5(n::text) || md5(n::text)
FROM judged""",
    """INSERT INTO queue_task (
  id, project_id, kind, comparison_id, release_id, clause_keys, slots, priority, state, source, context)
SELECT task_id, %(project)s, 'compare', comparison_id, %(release)s, ARRAY[%(axis)s], 1, 0, 'closed', 'manual', '{}'
FROM judged""",
    """INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state)
SELECT slot_id, task_id, 0, %(project)s, 'compare', 0, 'filled' FROM judged""",
    """INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
SELECT lease_id, task_id, slot_id, who, 1, 'submitted', now(), '' FROM judged""",
    """INSERT INTO queue_submission (
  id, task_id, slot_id, lease_id, lease_epoch, person_id, document, document_sha256, active_ms, is_late,
  late_reason, created_at)
SELECT answer_id, task_id, slot_id, lease_id, 1, who, '{}', repeat('0', 64), 20000 + n %% 60000, false, '',
  now() - interval '30 days' + n * interval '2 seconds'
FROM judged""",
)
"""Tables that lead from a temporary table ``judged`` to one answer for each of its rows."""

_FILL = (
    """INSERT INTO preferences_prompt (id, project_id, messages, language, content_sha256)
SELECT uuidv7(), %(project)s, '[]', (ARRAY['en', 'de', 'ar', 'fr'])[1 + n %% 4], md5(n::text) || md5(n::text)
FROM generate_series(1, %(prompts)s) AS n ORDER BY n""",
    """INSERT INTO preferences_response (id, prompt_id, text, source_model, external_id, content_sha256)
SELECT uuidv7(), id, 'A response', side, '', content_sha256
FROM preferences_prompt CROSS JOIN unnest(ARRAY['a', 'b']) AS side
WHERE project_id = %(project)s""",
    """CREATE TEMPORARY TABLE paired AS
SELECT (row_number() OVER (ORDER BY prompt.id))::int AS n, prompt.id AS prompt_id, a.id AS a_id, b.id AS b_id
FROM preferences_prompt AS prompt
JOIN preferences_response AS a ON a.prompt_id = prompt.id AND a.source_model = 'a'
JOIN preferences_response AS b ON b.prompt_id = prompt.id AND b.source_model = 'b'
WHERE prompt.project_id = %(project)s""",
    """CREATE TEMPORARY TABLE judged AS
SELECT one.n, prompt_id, a_id, b_id, uuidv7() AS comparison_id, uuidv7() AS task_id, uuidv7() AS slot_id,
  uuidv7() AS lease_id, uuidv7() AS answer_id, uuidv7() AS judgment_id, %(author)s::uuid AS who, one.n %% 7 - 3 AS value
FROM generate_series(1, %(judgments)s) AS one(n) JOIN paired ON paired.n = 1 + one.n %% %(prompts)s ORDER BY one.n""",
    *ASKED_AND_ANSWERED,
    """INSERT INTO preferences_judgment (
  id, submission_id, project_id, comparison_id, release_id, person_id, swapped, asked, flags, reason_codes, reason)
SELECT judgment_id, answer_id, %(project)s, comparison_id, %(release)s, who, false, 'work', '{}', '{}', ''
FROM judged""",
    """INSERT INTO preferences_axis_answer (id, judgment_id, clause_key, meaning_revision, choice, value)
SELECT uuidv7(), judgment_id, %(axis)s, 1, CASE WHEN value = 0 THEN 'tie' ELSE 'prefer' END, value FROM judged""",
    """INSERT INTO preferences_comparison_decision (
  id, project_id, comparison_id, release_id, clause_key, meaning_revision, outcome, method, strength, p_a_better,
  agreement, votes, submissions)
SELECT uuidv7(), %(project)s, comparison_id, %(release)s, %(axis)s, 1,
  CASE WHEN value < 0 THEN 'a' WHEN value = 0 THEN 'tie' ELSE 'b' END, 'unanimous', value, 0.5, 1, 1, ARRAY[answer_id]
FROM judged""",
)

_RULED = """INSERT INTO policies_precedent (
  id, project_id, post_id, release_id, clause_key, meaning_revision, answer, severity, reason, decision_id, ruling_id,
  ruled_by_id, state, retired_reason)
SELECT uuidv7(), %(project)s, id, %(release)s, %(clause)s, 1, 'yes', 1, 'As it says.', uuidv7(), uuidv7(), %(author)s,
  'proposed', ''
FROM content_post WHERE project_id = %(project)s ORDER BY id LIMIT %(most)s"""


def pairs_make(made: Generated, judgments: int) -> Generated:
    """Release an axis in a policy of its own, and judge so many comparisons by it, one judgment each."""
    from django.db import connection, transaction

    from policies import services as policies
    from preferences.services.tallies import tallies_renew

    policy = policies.policy_create(made.author, project_id=made.project_id, key="replies", title="Replies")
    draft = policies.release_draft(made.author, policy_id=policy.pk, title="First")
    policies.clause_add(made.author, release_id=draft.pk, key=AXIS, document=axis_document())
    release_out(made, draft.pk)
    values: dict[str, Any] = {
        "project": made.project_id,
        "release": draft.pk,
        "axis": AXIS,
        "prompts": min(_PROMPTS, judgments),
        "judgments": judgments,
        "author": made.author.user.pk,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in _FILL:
            cursor.execute(statement, values)
    # Triggers were off.
    tallies_renew()
    tables_tend()
    return Generated(made.project_id, policy.pk, draft.pk, made.author, made.approver, judgments)


def axis_document(*, words: str = "") -> dict[str, Any]:
    """Return the axis as its author would save it; ``words`` change what it means."""
    return {
        "kind": "axis",
        "title": "Helpfulness",
        "question": "Which response helps more?",
        "blocks": [{"id": "d", "type": "definition", "text": f"It answers what was asked. {words}"}],
    }


def precedents_make(made: Generated, clause_key: str, *, most: int) -> None:
    """Rule on the clause of up to ``most`` posts."""
    from django.db import connection, transaction

    values: dict[str, uuid.UUID | str | int] = {
        "project": made.project_id,
        "release": made.release_id,
        "clause": clause_key,
        "author": made.author.user.pk,
        "most": most,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_RULED, values)
        cursor.execute("ANALYZE policies_precedent")
