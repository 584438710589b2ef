from __future__ import annotations

from django.db import migrations

# The rows move before anything counts them there: they were counted where they came from.
_MOVED = """
SET LOCAL statement_timeout = 0;
INSERT INTO queue_review (id, created_at, project_id, submission_id, reviewer_id, outcome, comment, amendment_id, found_by)
SELECT id, created_at, project_id, submission_id, reviewer_id, outcome, comment, amendment_id, found_by
FROM annotation_review ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
_TALLIED = """
CREATE OR REPLACE FUNCTION annotation_answer_tallied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE submission uuid;
BEGIN
  submission := CASE TG_TABLE_NAME WHEN '{table}' THEN (to_jsonb(NEW)->>'amendment_id')::uuid
    ELSE (to_jsonb(OLD)->>'submission_id')::uuid END;
  INSERT INTO annotation_tally
    (project_id, sort, clause_key, meaning_revision, language, severity, answer, amount)
  SELECT project_id, 'answers', clause_key, meaning_revision, language, severity, answer, amount
  FROM annotation_answer_amounts(ARRAY[submission]);
  RETURN NULL;
END $$;
DROP TRIGGER {former}_tallied ON {former};
CREATE TRIGGER {table}_tallied AFTER INSERT ON {table}
  FOR EACH ROW WHEN (NEW.amendment_id IS NOT NULL) EXECUTE FUNCTION annotation_answer_tallied();
"""
_BACK = """
INSERT INTO annotation_review (
  id, created_at, project_id, post_id, submission_id, reviewer_id, outcome, comment, amendment_id, found_by)
SELECT review.id, review.created_at, review.project_id, task.post_id, review.submission_id, review.reviewer_id,
  review.outcome, review.comment, review.amendment_id, review.found_by
FROM queue_review AS review
JOIN queue_submission AS given ON given.id = review.submission_id
JOIN queue_task AS task ON task.id = given.task_id AND task.kind = 'label'
ORDER BY review.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
CREATE TRIGGER annotation_review_append_only BEFORE UPDATE OR DELETE ON annotation_review
  FOR EACH ROW EXECUTE FUNCTION concord_refuse_change();
CREATE TRIGGER annotation_review_never_truncated BEFORE TRUNCATE ON annotation_review
  FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
"""


class Migration(migrations.Migration):
    """Reviews move to the table that those of pairs are in, too; what they add to the tallies is counted there."""

    dependencies = [
        ("annotation", "0016_tallies_filled"),
        ("queue", "0015_reviews"),
    ]

    operations = [
        migrations.RunSQL(_MOVED, migrations.RunSQL.noop),
        migrations.RunSQL(
            _TALLIED.format(table="queue_review", former="annotation_review"),
            _BACK + _TALLIED.format(table="annotation_review", former="queue_review"),
        ),
        migrations.DeleteModel(name="Review"),
    ]
