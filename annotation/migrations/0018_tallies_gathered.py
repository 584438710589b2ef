from __future__ import annotations

from django.db import migrations

_BACK = """
CREATE FUNCTION annotation_tallies_gather() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE gathered bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('annotation_tally', 23));
  WITH scattered AS (
    SELECT DISTINCT project_id FROM annotation_tally
    GROUP BY project_id, sort, clause_key, meaning_revision, language, severity, answer HAVING count(*) > 1
  ), gone AS (
    DELETE FROM annotation_tally WHERE project_id IN (SELECT project_id FROM scattered) RETURNING *
  ), put AS (
    INSERT INTO annotation_tally
      (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
    SELECT project_id, sort, clause_key, meaning_revision, language, severity, answer, sum(amount) FROM gone
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(amount) <> 0
  )
  SELECT count(*) INTO gathered FROM gone;
  RETURN gathered;
END $$;
"""


class Migration(migrations.Migration):
    """Tallies are put together by `core.db.tallies`, those of posts like those of comparisons."""

    dependencies = [
        ("annotation", "0017_reviews_stand_with_submissions"),
    ]

    operations = [
        migrations.RunSQL("DROP FUNCTION annotation_tallies_gather()", _BACK),
    ]
