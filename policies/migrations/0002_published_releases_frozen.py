"""The database itself keeps published releases as they are: rows, clauses, numbers, approvals."""

from __future__ import annotations

from core.db.append_only import AppendOnly
from django.db import migrations

RELEASE_GUARD = """
CREATE FUNCTION policies_release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest integer;
  -- What retiring a release writes; everything else of a published release is final.
  retiring text[] := ARRAY['state', 'retired_at', 'retired_by_id', 'retired_reason', 'updated_at'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE EXCEPTION 'a release begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('released', 'retired') THEN
      RAISE EXCEPTION 'a published release is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = 'retired' THEN
    RAISE EXCEPTION 'a retired release is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'released' THEN
    IF NEW.state <> 'retired' OR (to_jsonb(OLD) - retiring) <> (to_jsonb(NEW) - retiring) THEN
      RAISE EXCEPTION 'a published release is never changed, only retired' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.policy_id <> OLD.policy_id THEN
    RAISE EXCEPTION 'a release stays with its policy' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'retired' THEN
    RAISE EXCEPTION 'only a released release can be retired' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' THEN
    SELECT coalesce(max(number), 0) INTO newest FROM policies_release WHERE policy_id = NEW.policy_id;
    IF NEW.number <> newest + 1 THEN
      RAISE EXCEPTION 'the next release of this policy has the number %', newest + 1
        USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM policies_clause WHERE release_id = NEW.id AND meaning_revision IS NULL) THEN
      RAISE EXCEPTION 'every clause of a published release has a meaning revision'
        USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policies_release_guard BEFORE INSERT OR UPDATE OR DELETE ON policies_release
  FOR EACH ROW EXECUTE FUNCTION policies_release_guard();
CREATE TRIGGER policies_release_never_truncated BEFORE TRUNCATE ON policies_release
  FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
"""

CLAUSE_GUARD = """
CREATE FUNCTION policies_clause_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid[];
BEGIN
  touched := CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.release_id]
    WHEN 'DELETE' THEN ARRAY[OLD.release_id]
    ELSE ARRAY[OLD.release_id, NEW.release_id]
  END;
  -- FOR SHARE waits for a release that is being published in another transaction.
  PERFORM 1 FROM policies_release WHERE id = ANY(touched) ORDER BY id FOR SHARE;
  IF EXISTS (
    SELECT 1 FROM policies_release WHERE id = ANY(touched) AND state IN ('released', 'retired')
  ) THEN
    RAISE EXCEPTION 'clauses of a published release are never added, changed or deleted'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policies_clause_guard BEFORE INSERT OR UPDATE OR DELETE ON policies_clause
  FOR EACH ROW EXECUTE FUNCTION policies_clause_guard();
CREATE TRIGGER policies_clause_never_truncated BEFORE TRUNCATE ON policies_clause
  FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
"""

IDENTITY_GUARD = """
CREATE FUNCTION policies_clauseidentity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.latest_revision > 0 THEN
      RAISE EXCEPTION 'a clause key that was published is never given up' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.project_id <> OLD.project_id OR NEW.policy_id <> OLD.policy_id OR NEW.key <> OLD.key
     OR NEW.latest_revision < OLD.latest_revision THEN
    RAISE EXCEPTION 'a clause key stays with its policy and its meanings only count up'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policies_clauseidentity_guard BEFORE UPDATE OR DELETE ON policies_clauseidentity
  FOR EACH ROW EXECUTE FUNCTION policies_clauseidentity_guard();
"""


def _undo(table: str, *, truncate: bool = True) -> str:
    extra = f"DROP TRIGGER {table}_never_truncated ON {table};" if truncate else ""
    return f"DROP TRIGGER {table}_guard ON {table}; {extra} DROP FUNCTION {table}_guard();"


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_policies_releases_clauses_campaigns")]

    operations = [
        AppendOnly("policies_approval"),
        migrations.RunSQL(RELEASE_GUARD, _undo("policies_release")),
        migrations.RunSQL(CLAUSE_GUARD, _undo("policies_clause")),
        migrations.RunSQL(IDENTITY_GUARD, _undo("policies_clauseidentity", truncate=False)),
    ]
