"""Counts that the database keeps of what people said: amounts that come one by one, and what they come to.

A trigger adds an amount in the transaction of what it counts; rows are only added and put together, so nobody waits for
anybody and a count is exact at any moment (ADR 22).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models, transaction

from core.db.planned import planned_rows


class Amounts(models.Model):
    """So many more, or fewer, of one sort that cite a clause's meaning, in a language; their sum counts."""

    sort = models.CharField(max_length=10)
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    language = models.CharField(max_length=35)
    severity = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=200)
    amount = models.BigIntegerField()

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Amount:
    """How many there are of one sort and meaning in one language, with one severity and answer."""

    clause_key: str
    language: str
    severity: int | None
    answer: str
    count: int


_CELL = "project_id, sort, clause_key, meaning_revision, language, severity, answer"

_COUNTED = """
SELECT there.clause_key, there.language, there.severity, there.answer, sum(there.amount)::bigint
FROM (
  SELECT {cell}, amount FROM {table} WHERE project_id = %(project)s AND sort = %(sort)s {waiting}
) AS there
JOIN unnest(%(keys)s::text[], %(meanings)s::int[]) AS cited(clause_key, meaning)
  ON cited.clause_key = there.clause_key AND cited.meaning = there.meaning_revision
WHERE there.project_id = %(project)s AND there.sort = %(sort)s
GROUP BY there.clause_key, there.language, there.severity, there.answer HAVING sum(there.amount) <> 0
ORDER BY there.clause_key, there.language, there.severity, there.answer
"""

# One statement behind a lock of its own: what it takes away and what it puts there is one state of the data, and rows
# that others add meanwhile are neither taken nor counted.
_GATHERED = """
WITH scattered AS (
  SELECT DISTINCT project_id FROM {table} GROUP BY {cell} HAVING count(*) > 1
), gone AS (
  DELETE FROM {table} WHERE project_id IN (SELECT project_id FROM scattered) RETURNING *
), put AS (
  INSERT INTO {table} ({cell}, amount) SELECT {cell}, sum(amount) FROM gone GROUP BY {cell} HAVING sum(amount) <> 0
)
SELECT count(*) FROM gone
"""


def amounts_counted(
    kind: type[Amounts],
    *,
    project_id: UUID,
    sort: str,
    meanings: Sequence[tuple[str, int]],
    waiting: str = "",
) -> list[Amount]:
    """Count what is of one ``sort`` and cites one of ``meanings`` (clause key, meaning revision).

    Exact as of this statement: ``waiting`` selects, in the tally's columns, what is not tallied yet; something leaves
    what waits and enters the tally in one transaction, and both are read from one snapshot.
    """
    statement = _COUNTED.format(
        cell=_CELL, table=kind._meta.db_table, waiting=f"UNION ALL {waiting}" if waiting else ""
    )
    values = {
        "project": project_id,
        "sort": sort,
        "keys": [key for key, _ in meanings],
        "meanings": [meaning for _, meaning in meanings],
    }
    return [Amount(*row) for row in planned_rows(statement, values)]


@transaction.atomic
def amounts_gather(kind: type[Amounts]) -> int:
    """Put rows of one kind together; return how many there were. Safe to run beside another, and beside answers."""
    table = kind._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 23))", [table])
        cursor.execute(_GATHERED.format(cell=_CELL, table=table))
        (gathered,) = cursor.fetchone()
    return int(gathered)


@transaction.atomic
def amounts_renew(renewing: str) -> None:
    """Count everything anew by the database's function ``renewing``, while people go on.

    For rows that were put there past the triggers. It reads all there is: some seconds for each million of answers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '96MB'")
        cursor.execute(f"SELECT {renewing}()")
