"""Handing out posts with known answers among the others, so that nobody can tell which they are.

A gold task is made when it is handed out: of the kind, release, clauses and priority of the task that the person
would have got, with an identifier from the same batch. It has one slot, of kind ``gold``, which no claim finds; its
lease, its place among the person's answers and what they are told of it come by the paths that every task takes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from core.accounts.services import AUDIT_INTO
from core.db.prepared import Statement
from core.queue.domain.states import GOLD_SOURCE, ONBOARDING
from core.queue.selectors.wards import COUNTED, FIT, MAY_BE_HANDED, NEXT, WARD_OF

NOT_PAUSED = """
NOT EXISTS (
  SELECT 1 FROM queue_pause AS pause
  WHERE pause.project_id = %(project)s AND pause.person_id = %(person)s AND pause.ended_at IS NULL)
"""

# After the CTEs ``task`` and ``slot`` of what was made for one person: it is theirs, as if they had claimed it.
LEASED = f"""lease AS (
  INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
  SELECT uuidv7(), task_id, id, %(person)s, 1, 'held', now() + make_interval(secs => %(seconds)s), ''
  FROM slot
  RETURNING id, task_id, slot_id, epoch, state, expires_at
), noted AS (
  INSERT INTO {AUDIT_INTO}
  SELECT uuidv7(), %(person)s, %(token)s, %(project)s, 'lease.take', 'queue.lease', id::text, '{{}}' FROM lease
), handed AS (
  SELECT lease.id AS lease_id, task.post_id, slot.ward_id FROM lease, task, slot
), {COUNTED}"""  # noqa: S608 - names of ours

# Whether one is to be put among what the person gets now, given the CTEs ``rules`` and ``standing``.
WHEN = f"""EXISTS (SELECT 1 FROM rules) AND (SELECT held < %(most)s AND unknown = 0 FROM standing) AND {NOT_PAUSED}
"""  # noqa: S608 - names of ours

STANDING = """standing AS (
  SELECT count(*) AS held, count(*) FILTER (WHERE lease.id <> ALL(%(holding)s::uuid[])) AS unknown
  FROM queue_lease AS lease JOIN queue_task AS task ON task.id = lease.task_id
  WHERE lease.person_id = %(person)s AND lease.state = 'held' AND lease.expires_at > statement_timestamp()
    AND task.project_id = %(project)s AND task.kind = %(kind)s
)"""

# After the CTE ``chosen``: an identifier set by for the project, and the one a task gets; both from the batch of the
# task that the person would have got.
SPARE = """spare AS (
  DELETE FROM queue_spareid WHERE id = (
    SELECT spare.id FROM queue_spareid AS spare
    WHERE spare.project_id = %(project)s AND spare.id < (SELECT beside FROM chosen)
    ORDER BY spare.id DESC LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id
)"""
IDENTIFIER = """coalesce(
      (SELECT id FROM spare),
      overlay(gen_random_uuid()::text PLACING left(beside::text, 15) FROM 1 FOR 15)::uuid)"""

# After the CTEs ``chosen`` and ``task``: its one slot, and the task as theirs.
HANDED = f"""slot AS (
  INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state, ward_id, clause_keys)
  SELECT uuidv7(), task.id, 0, task.project_id, 'gold', task.priority, 'leased', chosen.ward_id, chosen.slot_keys
  FROM task, chosen
  RETURNING id, task_id, clause_keys, ward_id
), {LEASED}
SELECT lease.id FROM lease"""  # noqa: S608 - names of ours

# A person gets a post once, whoever asked about it, or again after so many days where the project says so; never
# one whose known answer they were shown. What a
# campaign asks comes with earlier answers to the same post, so no gold goes among it.
_GOLD = f"""
WITH RECURSIVE rules AS (
  SELECT gold_again_days FROM queue_rules WHERE project_id = %(project)s AND gold_share > %(draw)s
), {STANDING}, {FIT.format(when=WHEN)}, model AS (
  SELECT next.task_id, next.priority, next.clause_keys FROM ({NEXT.format(lock="")}) AS next
), chosen AS (
  SELECT offer.item_id, offer.post_id, offer.release_id, model.task_id AS beside, model.priority, asked.*,
    task.context, {WARD_OF.format(post="offer.post_id")} AS ward_id
  FROM model
  JOIN queue_task AS task ON task.id = model.task_id AND task.source <> 'campaign'
  JOIN queue_goldoffer AS offer ON offer.project_id = %(project)s AND offer.release_id = task.release_id
  JOIN content_post AS post ON post.id = offer.post_id AND NOT post.is_hidden
  CROSS JOIN LATERAL (
    SELECT array_agg(key ORDER BY place) AS clause_keys,
      array_agg(key ORDER BY place) FILTER (WHERE key = ANY(model.clause_keys)) AS slot_keys
    FROM unnest(CASE
      WHEN jsonb_typeof(task.context -> 'asked') = 'array'
      THEN ARRAY(SELECT jsonb_array_elements_text(task.context -> 'asked'))
      ELSE task.clause_keys::text[] END) WITH ORDINALITY AS wished(key, place)
    WHERE key = ANY(offer.clause_keys)
  ) AS asked
  WHERE coalesce(
      CASE WHEN model.clause_keys IS NULL THEN asked.clause_keys ELSE asked.slot_keys END && offer.known_keys::text[],
      false)
    AND NOT EXISTS (
    SELECT 1 FROM queue_task AS had JOIN queue_lease AS lease ON lease.task_id = had.id
    WHERE had.post_id = offer.post_id AND lease.person_id = %(person)s
      AND (had.context -> '{ONBOARDING}' IS NOT NULL OR lease.created_at > coalesce(
        now() - make_interval(days => (SELECT gold_again_days FROM rules)), '-infinity'::timestamptz)))
    AND {MAY_BE_HANDED.format(ward=WARD_OF.format(post="offer.post_id"))}
  ORDER BY random()
  LIMIT 1
), {SPARE}, task AS (
  INSERT INTO queue_task (
    id, project_id, kind, post_id, release_id, clause_keys, slots, priority, state, source, source_id, context)
  SELECT
    {IDENTIFIER},
    %(project)s, %(kind)s, post_id, release_id, clause_keys, 1, priority, 'open', '{GOLD_SOURCE}', item_id, context
  FROM chosen
  RETURNING *
), {HANDED}
"""  # noqa: S608 - columns of ours


def gold_statement(values: Mapping[str, Any]) -> Statement:
    """Return the statement that hands out a gold task in the place of the next one, as often as the project says.

    It draws anew each time, so that no count and no rhythm tells when the next one comes.

    Parameters
    ----------
    values
        What the claim is given.
    """
    return _GOLD, {**values, "draw": drawn()}


def drawn() -> float:
    """Draw whether it is gold's turn, 0 to 1: below the project's share it is."""
    return secrets.SystemRandom().random()
