"""The claim looks at a handful of rows, however many open slots there are and however many somebody must not get."""

from __future__ import annotations

import json
import os
import uuid
from typing import Any

import pytest
from django.db import connection

from core.queue.models import Slot
from core.queue.services import Wish, leases
from tests.world import World

SLOTS = int(os.environ.get("SLOTS", "20000"))
_WARDS = 12

_MATERIAL = """
INSERT INTO queue_ward (id, severity, keys, language)
SELECT 100 + n, CASE WHEN n < 6 THEN 3 ELSE n % 3 END,
  CASE WHEN n < 6 THEN ARRAY['sexual3', 'mark' || n || '3'] ELSE ARRAY['mark' || n || (n % 3)] END, ''
FROM generate_series(0, {wards} - 1) AS n;
INSERT INTO queue_task (
  id, project_id, kind, comparison_id, release_id, clause_keys, slots, priority, state, source, context)
SELECT uuidv7(), '{project}', 'compare', '{nothing}', '{nothing}', ARRAY['x'], 1, 0, 'open', 'manual', '{{}}'
FROM generate_series(1, {slots});
INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state, ward_id)
SELECT uuidv7(), id, 0, '{project}', 'compare', 10 - 10 * (row_number() OVER (ORDER BY id))::float / {slots}, 'open',
  100 + CASE WHEN row_number() OVER (ORDER BY id) < {slots} * 0.9
    THEN (row_number() OVER (ORDER BY id)) % 6 ELSE 6 + (row_number() OVER (ORDER BY id)) % 6 END
FROM queue_task WHERE project_id = '{project}';
ANALYZE queue_task, queue_slot, queue_ward, queue_lease, queue_submission;
"""


def _visited(plan: dict[str, Any]) -> int:
    """Rows that the scans of a plan gave or threw away."""
    own = 0
    if "Scan" in plan["Node Type"] and "CTE" not in plan["Node Type"]:
        kept = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        own = round(kept * plan["Actual Loops"])
    return own + sum(_visited(child) for child in plan.get("Plans", []))


def test_nine_posts_in_ten_refused_cost_the_claim_nothing(world: World) -> None:
    """The nine tenths at the head of the queue are sexual content of severity 3, for which nobody was asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            _MATERIAL.format(wards=_WARDS, project=world.project.pk, nothing=uuid.uuid4(), slots=SLOTS)
        )
    actor = world.actor("annotator")
    values = Wish("compare", [], 1).values(actor, world.project)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {leases._CLAIM}", values)
        (told,) = cursor.fetchone()
    plan = told if isinstance(told, list) else json.loads(told)
    assert _visited(plan[0]["Plan"]) < 200, json.dumps(plan, indent=1)
    taken = Slot.objects.get(state="leased")
    assert taken.ward_id is not None
    assert taken.ward_id >= 106, "none of those that were refused"
    assert taken.priority > 0.9, "the first of the others"


@pytest.mark.django_db
def test_what_was_handed_out_soon_leaves_the_index_of_what_is_open() -> None:
    """A claim steps over every entry of a slot that is open no longer, until a vacuum that does the indexes, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE oid = 'queue_slot'::regclass")
        (options,) = cursor.fetchone()
    kept = dict(option.split("=") for option in options or [])
    assert float(kept["autovacuum_vacuum_scale_factor"]) <= 0.01
    assert int(kept["autovacuum_vacuum_threshold"]) <= 2000
    assert kept["vacuum_index_cleanup"] == "on"
