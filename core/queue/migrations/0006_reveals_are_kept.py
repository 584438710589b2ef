from django.db import migrations

# A reveal goes on while it is open: seconds, bytes and its end are written on. Who looked at what stays as it was, and
# a row goes only when its person, having left, asks for that, or when a post that was only handed out is given back.
KEPT = """
CREATE FUNCTION queue_reveal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.mode = 'handed' OR current_setting('concord.erases', true) = OLD.person_id::text THEN
      RETURN OLD;
    END IF;
  ELSIF NEW.serves >= OLD.serves AND NEW.bytes_sent >= OLD.bytes_sent AND NEW.is_over >= OLD.is_over
    AND (to_jsonb(OLD) - 'seconds' - 'beat_at' - 'is_over' - 'serves' - 'bytes_sent')
      = (to_jsonb(NEW) - 'seconds' - 'beat_at' - 'is_over' - 'serves' - 'bytes_sent') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what somebody looked at is never rewritten or taken back'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER queue_reveal_kept BEFORE UPDATE OR DELETE ON queue_reveal
  FOR EACH ROW EXECUTE FUNCTION queue_reveal_refuse_change();
CREATE TRIGGER queue_reveal_never_truncated BEFORE TRUNCATE ON queue_reveal
  FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
"""
NOT_KEPT = """
DROP TRIGGER queue_reveal_never_truncated ON queue_reveal;
DROP TRIGGER queue_reveal_kept ON queue_reveal;
DROP FUNCTION queue_reveal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("queue", "0005_reveals")]

    operations = [migrations.RunSQL(KEPT, NOT_KEPT)]
