from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

# What one answer adds to what counts as votes, and what it takes away by standing in another's place. Only facts that
# never change go in, so it does not matter when it is asked, nor in which order answers are added.
AMOUNTS = """
CREATE FUNCTION annotation_answer_amounts(uuid[]) RETURNS TABLE (
  project_id uuid, clause_key varchar, meaning_revision int, language varchar, severity smallint, answer varchar,
  amount bigint)
LANGUAGE sql STABLE AS $$
  SELECT vote.project_id, vote.clause_key, vote.meaning_revision, post.language, vote.severity, vote.answer,
    sum(given.amount)::bigint
  FROM (
    SELECT id, task_id, 1 AS amount FROM queue_submission WHERE id = ANY($1) AND slot_id IS NOT NULL
    UNION ALL
    SELECT former.id, former.task_id, -1 FROM queue_submission AS fresh
    JOIN queue_submission AS former ON former.id = fresh.supersedes_id AND former.slot_id IS NOT NULL
    WHERE fresh.id = ANY($1)
  ) AS given
  JOIN queue_task AS task ON task.id = given.task_id AND task.source <> 'gold'
  JOIN annotation_verdict AS vote ON vote.submission_id = given.id
  JOIN content_post AS post ON post.id = vote.post_id
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(given.amount) <> 0
$$;

CREATE FUNCTION annotation_answer_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE submission uuid;
BEGIN
  submission := CASE TG_TABLE_NAME WHEN 'annotation_review' THEN (to_jsonb(NEW)->>'amendment_id')::uuid
    ELSE (to_jsonb(OLD)->>'submission_id')::uuid END;
  INSERT INTO annotation_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT project_id, 'answers', clause_key, meaning_revision, language, severity, answer, amount
  FROM annotation_answer_amounts(ARRAY[submission]);
  RETURN NULL;
END $$;
CREATE TRIGGER annotation_unsettledanswer_tallied AFTER DELETE ON annotation_unsettledanswer
  FOR EACH ROW EXECUTE FUNCTION annotation_answer_tallied();
CREATE TRIGGER annotation_review_tallied AFTER INSERT ON annotation_review
  FOR EACH ROW WHEN (NEW.amendment_id IS NOT NULL) EXECUTE FUNCTION annotation_answer_tallied();
"""

# Whoever decides a post has its turn, so what stood before is known as it is written. An undecided row takes the one
# before it away and adds nothing.
DECISIONS = """
CREATE FUNCTION annotation_decision_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO annotation_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT decision.project_id, 'decisions', decision.clause_key, decision.meaning_revision, post.language,
    decision.severity, decision.answer, sum(decision.amount)
  FROM (
    SELECT fresh.id, coalesce(former.id, fresh.id) AS before_id FROM fresh
    LEFT JOIN LATERAL (
      SELECT older.id FROM annotation_decision AS older
      WHERE older.project_id = fresh.project_id AND older.clause_key = fresh.clause_key
        AND older.meaning_revision = fresh.meaning_revision AND older.post_id = fresh.post_id
        AND older.id < fresh.id AND older.id NOT IN (SELECT id FROM fresh)
      ORDER BY older.id DESC LIMIT 1
    ) AS former ON true
    WHERE NOT EXISTS (
      SELECT 1 FROM annotation_decision AS newer
      WHERE newer.project_id = fresh.project_id AND newer.clause_key = fresh.clause_key
        AND newer.meaning_revision = fresh.meaning_revision AND newer.post_id = fresh.post_id
        AND newer.id > fresh.id)
  ) AS pair
  CROSS JOIN LATERAL (
    SELECT stands.*, 1 AS amount FROM annotation_decision AS stands WHERE stands.id = pair.id
    UNION ALL
    SELECT stood.*, -1 FROM annotation_decision AS stood WHERE stood.id = pair.before_id AND stood.id <> pair.id
  ) AS decision
  JOIN content_post AS post ON post.id = decision.post_id
  WHERE decision.answer IS NOT NULL
  GROUP BY 1, 3, 4, 5, 6, 7 HAVING sum(decision.amount) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER annotation_decision_tallied AFTER INSERT ON annotation_decision
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION annotation_decision_tallied();
"""

# Each is one statement behind a lock of its own: what it takes away and what it puts there is one state of the data,
# and rows that others add meanwhile are neither taken nor counted.
UPKEEP = """
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

CREATE FUNCTION annotation_tallies_renew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('annotation_tally', 23));
  WITH gone AS (
    DELETE FROM annotation_tally
  ), given AS (
    SELECT answer.id, answer.task_id,
      (waits.id IS NULL)::int - (later.id IS NOT NULL AND later_waits.id IS NULL)::int AS amount
    FROM queue_submission AS answer
    LEFT JOIN annotation_unsettledanswer AS waits ON waits.submission_id = answer.id
    LEFT JOIN queue_submission AS later ON later.supersedes_id = answer.id
    LEFT JOIN annotation_unsettledanswer AS later_waits ON later_waits.submission_id = later.id
    WHERE answer.slot_id IS NOT NULL
  ), newest AS (
    SELECT DISTINCT ON (project_id, clause_key, meaning_revision, post_id) *
    FROM annotation_decision
    ORDER BY project_id, clause_key, meaning_revision, post_id, id DESC
  )
  INSERT INTO annotation_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT vote.project_id, 'answers', vote.clause_key, vote.meaning_revision, post.language, vote.severity,
    vote.answer, sum(given.amount)
  FROM given
  JOIN queue_task AS task ON task.id = given.task_id AND task.source <> 'gold'
  JOIN annotation_verdict AS vote ON vote.submission_id = given.id
  JOIN content_post AS post ON post.id = vote.post_id
  WHERE given.amount <> 0
  GROUP BY 1, 3, 4, 5, 6, 7 HAVING sum(given.amount) <> 0
  UNION ALL
  SELECT newest.project_id, 'decisions', newest.clause_key, newest.meaning_revision, post.language,
    newest.severity, newest.answer, count(*)
  FROM newest JOIN content_post AS post ON post.id = newest.post_id
  WHERE newest.answer IS NOT NULL
  GROUP BY 1, 3, 4, 5, 6, 7;
END $$;
"""
_GONE = """
DROP TRIGGER annotation_unsettledanswer_tallied ON annotation_unsettledanswer;
DROP TRIGGER annotation_review_tallied ON annotation_review;
DROP TRIGGER annotation_decision_tallied ON annotation_decision;
DROP FUNCTION annotation_answer_tallied();
DROP FUNCTION annotation_decision_tallied();
DROP FUNCTION annotation_answer_amounts(uuid[]);
DROP FUNCTION annotation_tallies_gather();
DROP FUNCTION annotation_tallies_renew();
"""


class Migration(migrations.Migration):
    """From here on the database counts answers and decisions as they come; `0016_tallies_filled` counts those before."""

    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("annotation", "0014_suggestion_reasons"),
        ("content", "0001_posts_and_assets"),
        ("queue", "0011_lean_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort", models.CharField(max_length=10)),
                ("clause_key", models.CharField(max_length=64)),
                ("meaning_revision", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=35)),
                ("severity", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.CharField(max_length=200)),
                ("amount", models.BigIntegerField()),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
            options={
                "db_table": "annotation_tally",
                "indexes": [
                    models.Index(
                        fields=["project", "sort", "clause_key", "meaning_revision"],
                        name="annotation_tally_meaning",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ["answers", "decisions"])),
                        name="annotation_tally_sort_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE annotation_tally"
            " SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(AMOUNTS + DECISIONS + UPKEEP, _GONE),
    ]
