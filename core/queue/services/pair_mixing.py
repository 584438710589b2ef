"""Handing out, among the pairs a person judges, some whose answer is known and some they have judged before.

Both are made when they are handed out, as gold posts are (`gold_mixing`): of the kind, release and priority of the task
that the person would have got, with an identifier from the same batch, and one slot that no claim finds. One draw says
which it is, if either; the same is asked of the database whichever comes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.db.prepared import Statement
from core.queue.domain.states import AGAIN_SOURCE, GOLD_SOURCE
from core.queue.selectors.wards import FIT, MAY_BE_HANDED, NEXT, WARD_OF
from core.queue.services import gold_mixing
from core.queue.services.gold_mixing import HANDED, IDENTIFIER, SPARE, STANDING, WHEN

_AGAIN_FROM = 300
"""Among so many of the person's judgments, the newest left out, one is drawn to be asked again."""

_WARD = (
    f"CASE WHEN wished.post_id IS NULL THEN wished.own_ward ELSE {WARD_OF.format(post='wished.post_id')} END"
)

# What a campaign asks comes with earlier answers beside it, so nothing is put in its place and none of it asked again.
# What is put in the place of a task is asked in the form it has: a pair among rankings would tell itself apart.
_PAIR = f"""
WITH RECURSIVE rules AS (
  SELECT gold_share > %(draw)s AS is_gold, again_after, gold_again_days FROM queue_rules
  WHERE project_id = %(project)s AND gold_share + again_share > %(draw)s
), {STANDING}, {FIT.format(when=WHEN)}, beside AS (
  SELECT task.id, task.release_id, task.clause_keys, task.context, next.priority, next.clause_keys AS slot_keys
  FROM ({NEXT.format(lock="")}) AS next JOIN queue_task AS task ON task.id = next.task_id AND task.source <> 'campaign'
), lately AS (
  SELECT given.task_id FROM queue_submission AS given JOIN queue_task AS done ON done.id = given.task_id
  WHERE given.person_id = %(person)s AND given.slot_id IS NOT NULL AND given.supersedes_id IS NULL
    AND done.project_id = %(project)s AND done.kind = %(kind)s AND EXISTS (SELECT 1 FROM rules WHERE NOT is_gold)
  ORDER BY given.id DESC LIMIT {_AGAIN_FROM} OFFSET coalesce((SELECT again_after FROM rules), 0)
), wished AS (
  SELECT '{GOLD_SOURCE}' AS source, offer.item_id AS source_id, offer.comparison_id, offer.post_id,
    beside.clause_keys, beside.slot_keys, beside.context, offer.ward_id AS own_ward
  FROM beside JOIN queue_pairoffer AS offer
    ON offer.project_id = %(project)s AND offer.release_id = beside.release_id
    AND coalesce(beside.slot_keys, beside.clause_keys) && offer.known_keys AND beside.context->>'form' IS NULL
  WHERE (SELECT is_gold FROM rules) AND NOT EXISTS (
    SELECT 1 FROM queue_task AS had JOIN queue_lease AS lease ON lease.task_id = had.id
    WHERE had.comparison_id = offer.comparison_id AND lease.person_id = %(person)s
      AND lease.created_at > coalesce(
        now() - make_interval(days => (SELECT gold_again_days FROM rules)), '-infinity'::timestamptz))
  UNION ALL
  SELECT '{AGAIN_SOURCE}', had.id, had.comparison_id, had.post_id, had.clause_keys, NULL, had.context,
    (SELECT min(slot.ward_id) FROM queue_slot AS slot WHERE slot.task_id = had.id)
  FROM beside CROSS JOIN lately
  JOIN queue_task AS had ON had.id = lately.task_id AND had.release_id = beside.release_id
    AND had.state <> 'withdrawn' AND had.source NOT IN ('{GOLD_SOURCE}', '{AGAIN_SOURCE}', 'campaign')
    AND had.context->>'form' IS NOT DISTINCT FROM beside.context->>'form'
  WHERE NOT EXISTS (
    SELECT 1 FROM queue_task AS again JOIN queue_lease AS lease ON lease.task_id = again.id
    WHERE again.source = '{AGAIN_SOURCE}' AND again.source_id = had.id AND lease.person_id = %(person)s)
), chosen AS (
  SELECT wished.*, beside.id AS beside, beside.release_id, beside.priority,
    {_WARD} AS ward_id
  FROM beside CROSS JOIN wished LEFT JOIN content_post AS post ON post.id = wished.post_id
  WHERE post.is_hidden IS NOT TRUE AND {MAY_BE_HANDED.format(ward=_WARD)}
  ORDER BY random()
  LIMIT 1
), {SPARE}, task AS (
  INSERT INTO queue_task (
    id, project_id, kind, post_id, comparison_id, release_id, clause_keys, slots, priority, state, source, source_id,
    context)
  SELECT
    {IDENTIFIER},
    %(project)s, %(kind)s, post_id, comparison_id, release_id, clause_keys, 1, priority, 'open', source, source_id,
    context
  FROM chosen
  RETURNING *
), {HANDED}
"""  # noqa: S608 - columns of ours


def pair_statement(values: Mapping[str, Any]) -> Statement:
    """Return the statement that hands out, in the place of the next pair, one that is known or was judged before.

    It draws anew each time: below the share of gold it is gold's turn, below that and the share of re-asks together it
    is a re-ask's.

    Parameters
    ----------
    values
        What the claim is given.
    """
    return _PAIR, {**values, "draw": gold_mixing.drawn()}
