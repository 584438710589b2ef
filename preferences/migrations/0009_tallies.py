from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

# What one submission adds to what counts as opinions, and what it takes away by standing in another's place. Only facts
# that never change go in, so it does not matter when it is asked, nor in which order they are added.
AMOUNTS = """
CREATE FUNCTION preferences_submission_amounts(uuid[]) RETURNS TABLE (
  project_id uuid, sort varchar, clause_key varchar, meaning_revision int, language varchar, severity smallint,
  answer varchar, amount bigint)
LANGUAGE sql STABLE AS $$
  WITH said AS (
    SELECT judgment.id, judgment.project_id, prompt.language, given.amount
    FROM (
      SELECT id, 1 AS amount FROM queue_submission WHERE id = ANY($1) AND slot_id IS NOT NULL
      UNION ALL
      SELECT former.id, -1 FROM queue_submission AS fresh
      JOIN queue_submission AS former ON former.id = fresh.supersedes_id AND former.slot_id IS NOT NULL
      WHERE fresh.id = ANY($1)
    ) AS given
    JOIN preferences_judgment AS judgment ON judgment.submission_id = given.id AND judgment.asked = 'work'
    JOIN preferences_comparison AS comparison ON comparison.id = judgment.comparison_id
    JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
  )
  SELECT said.project_id, 'judgments', axis.clause_key, axis.meaning_revision, said.language, NULL::smallint,
    '', sum(said.amount)::bigint
  FROM said JOIN preferences_axis_answer AS axis ON axis.judgment_id = said.id
  GROUP BY 1, 3, 4, 5 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT said.project_id, 'citations', cited.clause_key, cited.meaning_revision, said.language, own.severity,
    '', sum(said.amount)::bigint
  FROM said JOIN preferences_response_assessment AS own ON own.judgment_id = said.id
  JOIN preferences_clause_citation AS cited ON cited.assessment_id = own.id
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(said.amount) <> 0
$$;

CREATE FUNCTION preferences_submission_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO preferences_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT * FROM preferences_submission_amounts(ARRAY[OLD.submission_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER preferences_unsettledjudgment_tallied AFTER DELETE ON preferences_unsettledjudgment
  FOR EACH ROW EXECUTE FUNCTION preferences_submission_tallied();
"""

# Whoever decides a comparison has its turn, so what stood before is known as it is written. A row without an outcome
# takes the one before it away and adds nothing.
DECISIONS = """
CREATE FUNCTION preferences_decision_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO preferences_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT decision.project_id, 'decisions', decision.clause_key, decision.meaning_revision, prompt.language,
    NULL::smallint, '', sum(decision.amount)
  FROM (
    SELECT fresh.id, coalesce(former.id, fresh.id) AS before_id FROM fresh
    LEFT JOIN LATERAL (
      SELECT older.id FROM preferences_comparison_decision AS older
      WHERE older.comparison_id = fresh.comparison_id AND older.clause_key = fresh.clause_key
        AND older.meaning_revision = fresh.meaning_revision
        AND older.id < fresh.id AND older.id NOT IN (SELECT id FROM fresh)
      ORDER BY older.id DESC LIMIT 1
    ) AS former ON true
    WHERE NOT EXISTS (
      SELECT 1 FROM preferences_comparison_decision AS newer
      WHERE newer.comparison_id = fresh.comparison_id AND newer.clause_key = fresh.clause_key
        AND newer.meaning_revision = fresh.meaning_revision AND newer.id > fresh.id)
  ) AS pair
  CROSS JOIN LATERAL (
    SELECT stands.*, 1 AS amount FROM preferences_comparison_decision AS stands WHERE stands.id = pair.id
    UNION ALL
    SELECT stood.*, -1 FROM preferences_comparison_decision AS stood
    WHERE stood.id = pair.before_id AND stood.id <> pair.id
  ) AS decision
  JOIN preferences_comparison AS comparison ON comparison.id = decision.comparison_id
  JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
  WHERE decision.outcome <> 'none'
  GROUP BY 1, 3, 4, 5 HAVING sum(decision.amount) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER preferences_comparison_decision_tallied AFTER INSERT ON preferences_comparison_decision
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION preferences_decision_tallied();
"""

# One statement behind a lock of its own: what it takes away and what it puts there is one state of the data, and rows
# that others add meanwhile are neither taken nor counted.
UPKEEP = """
CREATE FUNCTION preferences_tallies_renew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('preferences_tally', 23));
  WITH gone AS (
    DELETE FROM preferences_tally
  ), said AS (
    SELECT judgment.id, judgment.project_id, prompt.language,
      (waits.id IS NULL)::int - (later.id IS NOT NULL AND later_waits.id IS NULL)::int AS amount
    FROM preferences_judgment AS judgment
    JOIN queue_submission AS given ON given.id = judgment.submission_id AND given.slot_id IS NOT NULL
    JOIN preferences_comparison AS comparison ON comparison.id = judgment.comparison_id
    JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
    LEFT JOIN preferences_unsettledjudgment AS waits ON waits.submission_id = given.id
    LEFT JOIN queue_submission AS later ON later.supersedes_id = given.id
    LEFT JOIN preferences_unsettledjudgment AS later_waits ON later_waits.submission_id = later.id
    WHERE judgment.asked = 'work'
  ), newest AS (
    SELECT DISTINCT ON (comparison_id, clause_key, meaning_revision) *
    FROM preferences_comparison_decision
    ORDER BY comparison_id, clause_key, meaning_revision, id DESC
  )
  INSERT INTO preferences_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT said.project_id, 'judgments', axis.clause_key, axis.meaning_revision, said.language, NULL::smallint,
    '', sum(said.amount)
  FROM said JOIN preferences_axis_answer AS axis ON axis.judgment_id = said.id
  WHERE said.amount <> 0
  GROUP BY 1, 3, 4, 5 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT said.project_id, 'citations', cited.clause_key, cited.meaning_revision, said.language, own.severity,
    '', sum(said.amount)
  FROM said JOIN preferences_response_assessment AS own ON own.judgment_id = said.id
  JOIN preferences_clause_citation AS cited ON cited.assessment_id = own.id
  WHERE said.amount <> 0
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT newest.project_id, 'decisions', newest.clause_key, newest.meaning_revision, prompt.language,
    NULL::smallint, '', count(*)
  FROM newest
  JOIN preferences_comparison AS comparison ON comparison.id = newest.comparison_id
  JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
  WHERE newest.outcome <> 'none'
  GROUP BY 1, 3, 4, 5;
END $$;
"""
_GONE = """
DROP TRIGGER preferences_unsettledjudgment_tallied ON preferences_unsettledjudgment;
DROP TRIGGER preferences_comparison_decision_tallied ON preferences_comparison_decision;
DROP FUNCTION preferences_submission_tallied();
DROP FUNCTION preferences_decision_tallied();
DROP FUNCTION preferences_submission_amounts(uuid[]);
DROP FUNCTION preferences_tallies_renew();
"""


class Migration(migrations.Migration):
    """From here on the database counts judgments and decisions as they come; `0010_tallies_filled` those before."""

    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("preferences", "0008_slates"),
        ("queue", "0015_reviews"),
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
                "db_table": "preferences_tally",
                "indexes": [
                    models.Index(
                        fields=["project", "sort", "clause_key", "meaning_revision"],
                        name="preferences_tally_meaning",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ["judgments", "decisions", "citations"])),
                        name="preferences_tally_sort_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE preferences_tally"
            " SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(AMOUNTS + DECISIONS + UPKEEP, _GONE),
    ]
