from __future__ import annotations

from django.db import migrations

# The key of its policy is in a release's hash and in how answers cite it.
_KEPT = """
CREATE FUNCTION policies_policy_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.key <> OLD.key OR NEW.project_id <> OLD.project_id) AND EXISTS (
    SELECT 1 FROM policies_release WHERE policy_id = OLD.id AND state IN ('released', 'retired')
  ) THEN
    RAISE EXCEPTION 'a policy that has published a release keeps its key and its project'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policies_policy_guard BEFORE UPDATE ON policies_policy
  FOR EACH ROW EXECUTE FUNCTION policies_policy_guard();
CREATE TRIGGER policies_clauseidentity_never_truncated BEFORE TRUNCATE ON policies_clauseidentity
  FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
"""
_GONE = """
DROP TRIGGER policies_policy_guard ON policies_policy;
DROP FUNCTION policies_policy_guard();
DROP TRIGGER policies_clauseidentity_never_truncated ON policies_clauseidentity;
"""


class Migration(migrations.Migration):
    """What a published release rests on beside its own rows: its policy's key, and the numbers of its meanings."""

    dependencies = [("policies", "0007_campaign_samples")]

    operations = [migrations.RunSQL(_KEPT, _GONE)]
