from __future__ import annotations

import django.contrib.postgres.indexes
from django.db import migrations, models

# As in `0009_tallies`, and of what is said about slates: ratings are counted as they were given, and what is held of a
# response once for the answer, not once for every pair that follows. The pairs of ratings follow from them: they are no
# judgments of their own.
AMOUNTS = """
CREATE OR REPLACE FUNCTION preferences_submission_amounts(uuid[]) RETURNS TABLE (
  project_id uuid, sort varchar, clause_key varchar, meaning_revision int, language varchar, severity smallint,
  answer varchar, amount bigint)
LANGUAGE sql STABLE AS $$
  WITH given AS (
    SELECT id, 1 AS amount FROM queue_submission WHERE id = ANY($1) AND slot_id IS NOT NULL
    UNION ALL
    SELECT former.id, -1 FROM queue_submission AS fresh
    JOIN queue_submission AS former ON former.id = fresh.supersedes_id AND former.slot_id IS NOT NULL
    WHERE fresh.id = ANY($1)
  ), said AS (
    SELECT judgment.id, judgment.project_id, prompt.language, given.amount, whole.form
    FROM given
    JOIN preferences_judgment AS judgment ON judgment.submission_id = given.id AND judgment.asked = 'work'
    JOIN preferences_comparison AS comparison ON comparison.id = judgment.comparison_id
    JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
    LEFT JOIN preferences_slate_answer AS whole ON whole.submission_id = given.id
  ), told AS (
    SELECT whole.id, whole.project_id, prompt.language, given.amount, whole.form
    FROM given
    JOIN preferences_slate_answer AS whole ON whole.submission_id = given.id AND whole.asked = 'work'
    JOIN preferences_slate AS slate ON slate.id = whole.slate_id
    JOIN preferences_prompt AS prompt ON prompt.id = slate.prompt_id
  )
  SELECT said.project_id, 'judgments', axis.clause_key, axis.meaning_revision, said.language, NULL::smallint,
    '', sum(said.amount)::bigint
  FROM said JOIN preferences_axis_answer AS axis ON axis.judgment_id = said.id
  WHERE said.form IS DISTINCT FROM 'rating'
  GROUP BY 1, 3, 4, 5 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT told.project_id, 'ratings', placed.clause_key, placed.meaning_revision, told.language, NULL::smallint,
    '', sum(told.amount)::bigint
  FROM told JOIN preferences_slate_placement AS placed ON placed.answer_id = told.id
  WHERE told.form = 'rating'
  GROUP BY 1, 3, 4, 5 HAVING sum(told.amount) <> 0
  UNION ALL
  SELECT said.project_id, 'citations', cited.clause_key, cited.meaning_revision, said.language, own.severity,
    '', sum(said.amount)::bigint
  FROM said JOIN preferences_response_assessment AS own ON own.judgment_id = said.id
  JOIN preferences_clause_citation AS cited ON cited.assessment_id = own.id
  WHERE said.form IS NULL
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT told.project_id, 'citations', cited.clause_key::varchar, cited.meaning_revision, told.language, own.severity,
    '', sum(told.amount)::bigint
  FROM told JOIN preferences_slate_opinion AS own ON own.answer_id = told.id
  CROSS JOIN LATERAL jsonb_to_recordset(own.cited) AS cited(clause_key text, meaning_revision int)
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(told.amount) <> 0
$$;
"""

# A rating that was decided once is decided ever after: a correction rates the same responses.
RATED = """
CREATE FUNCTION preferences_rating_decision_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO preferences_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT first.project_id, 'rated', first.clause_key, first.meaning_revision, prompt.language, NULL::smallint, '',
    count(*)
  FROM (
    SELECT DISTINCT project_id, slate_id, place, clause_key, meaning_revision FROM fresh
    WHERE NOT EXISTS (
      SELECT 1 FROM preferences_rating_decision AS older
      WHERE older.slate_id = fresh.slate_id AND older.place = fresh.place
        AND older.clause_key = fresh.clause_key AND older.meaning_revision = fresh.meaning_revision
        AND older.id NOT IN (SELECT id FROM fresh))
  ) AS first
  JOIN preferences_slate AS slate ON slate.id = first.slate_id
  JOIN preferences_prompt AS prompt ON prompt.id = slate.prompt_id
  GROUP BY 1, 3, 4, 5;
  RETURN NULL;
END $$;
CREATE TRIGGER preferences_rating_decision_tallied AFTER INSERT ON preferences_rating_decision
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION preferences_rating_decision_tallied();
"""

# One statement behind a lock of its own: what it takes away and what it puts there is one state of the data, and rows
# that others add meanwhile are neither taken nor counted.
UPKEEP = """
CREATE OR REPLACE FUNCTION preferences_tallies_renew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('preferences_tally', 23));
  WITH gone AS (
    DELETE FROM preferences_tally
  ), settled AS NOT MATERIALIZED (
    SELECT given.id,
      (waits.id IS NULL)::int - (later.id IS NOT NULL AND later_waits.id IS NULL)::int AS amount
    FROM queue_submission AS given
    LEFT JOIN preferences_unsettledjudgment AS waits ON waits.submission_id = given.id
    LEFT JOIN queue_submission AS later ON later.supersedes_id = given.id
    LEFT JOIN preferences_unsettledjudgment AS later_waits ON later_waits.submission_id = later.id
    WHERE given.slot_id IS NOT NULL
  ), said AS (
    SELECT judgment.id, judgment.project_id, prompt.language, settled.amount, whole.form
    FROM preferences_judgment AS judgment
    JOIN settled ON settled.id = judgment.submission_id AND settled.amount <> 0
    JOIN preferences_comparison AS comparison ON comparison.id = judgment.comparison_id
    JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
    LEFT JOIN preferences_slate_answer AS whole ON whole.submission_id = judgment.submission_id
    WHERE judgment.asked = 'work'
  ), told AS (
    SELECT whole.id, whole.project_id, prompt.language, settled.amount, whole.form
    FROM preferences_slate_answer AS whole
    JOIN settled ON settled.id = whole.submission_id AND settled.amount <> 0
    JOIN preferences_slate AS slate ON slate.id = whole.slate_id
    JOIN preferences_prompt AS prompt ON prompt.id = slate.prompt_id
    WHERE whole.asked = 'work'
  ), newest AS (
    SELECT DISTINCT ON (comparison_id, clause_key, meaning_revision) *
    FROM preferences_comparison_decision
    ORDER BY comparison_id, clause_key, meaning_revision, id DESC
  ), rated AS (
    SELECT DISTINCT project_id, slate_id, place, clause_key, meaning_revision FROM preferences_rating_decision
  )
  INSERT INTO preferences_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT said.project_id, 'judgments', axis.clause_key, axis.meaning_revision, said.language, NULL::smallint,
    '', sum(said.amount)
  FROM said JOIN preferences_axis_answer AS axis ON axis.judgment_id = said.id
  WHERE said.form IS DISTINCT FROM 'rating'
  GROUP BY 1, 3, 4, 5 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT told.project_id, 'ratings', placed.clause_key, placed.meaning_revision, told.language, NULL::smallint,
    '', sum(told.amount)
  FROM told JOIN preferences_slate_placement AS placed ON placed.answer_id = told.id
  WHERE told.form = 'rating'
  GROUP BY 1, 3, 4, 5 HAVING sum(told.amount) <> 0
  UNION ALL
  SELECT said.project_id, 'citations', cited.clause_key, cited.meaning_revision, said.language, own.severity,
    '', sum(said.amount)
  FROM said JOIN preferences_response_assessment AS own ON own.judgment_id = said.id
  JOIN preferences_clause_citation AS cited ON cited.assessment_id = own.id
  WHERE said.form IS NULL
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(said.amount) <> 0
  UNION ALL
  SELECT told.project_id, 'citations', cited.clause_key, cited.meaning_revision, told.language, own.severity,
    '', sum(told.amount)
  FROM told JOIN preferences_slate_opinion AS own ON own.answer_id = told.id
  CROSS JOIN LATERAL jsonb_to_recordset(own.cited) AS cited(clause_key text, meaning_revision int)
  GROUP BY 1, 3, 4, 5, 6 HAVING sum(told.amount) <> 0
  UNION ALL
  SELECT newest.project_id, 'decisions', newest.clause_key, newest.meaning_revision, prompt.language,
    NULL::smallint, '', count(*)
  FROM newest
  JOIN preferences_comparison AS comparison ON comparison.id = newest.comparison_id
  JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
  WHERE newest.outcome <> 'none'
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT rated.project_id, 'rated', rated.clause_key, rated.meaning_revision, prompt.language,
    NULL::smallint, '', count(*)
  FROM rated
  JOIN preferences_slate AS slate ON slate.id = rated.slate_id
  JOIN preferences_prompt AS prompt ON prompt.id = slate.prompt_id
  GROUP BY 1, 3, 4, 5;
END $$;
"""


class Migration(migrations.Migration):
    """What is said about slates is counted from here on; `0016_tallies_filled_again` counts what was said before."""

    dependencies = [
        ("preferences", "0014_conversation_trees"),
        ("queue", "0015_reviews"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="tally", name="preferences_tally_sort_known"),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["judgments", "decisions", "citations", "ratings", "rated"])),
                name="preferences_tally_sort_known",
            ),
        ),
        migrations.AddIndex(
            model_name="slateplacement",
            index=models.Index(
                fields=["clause_key", "meaning_revision"], name="preferences_placement_clause"
            ),
        ),
        migrations.AddIndex(
            model_name="slateopinion",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["cited"], name="preferences_opinion_cited", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.RunSQL(AMOUNTS + RATED + UPKEEP, migrations.RunSQL.noop),
    ]
