import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What waits now is sorted by language; what is harmful is learnt as it is stated or found.
WARDS = """
INSERT INTO queue_ward (severity, keys, language)
SELECT DISTINCT -1, '{}'::varchar[], post.language
FROM queue_slot AS slot JOIN queue_task AS task ON task.id = slot.task_id
JOIN content_post AS post ON post.id = task.post_id
WHERE slot.state IN ('open', 'leased') AND post.language <> '';
UPDATE queue_slot AS slot SET ward_id = ward.id
FROM queue_task AS task, content_post AS post, queue_ward AS ward
WHERE task.id = slot.task_id AND post.id = task.post_id AND ward.language = post.language
  AND ward.severity = -1 AND slot.state IN ('open', 'leased');
"""

# Time in view is never changed; it is deleted only when the person it is about, having left, asks for that.
ERASABLE = """
CREATE FUNCTION queue_viewevent_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('concord.erases', true) = OLD.person_id::text THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: rows of it are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER queue_viewevent_append_only ON queue_viewevent;
CREATE TRIGGER queue_viewevent_append_only BEFORE UPDATE OR DELETE ON queue_viewevent
  FOR EACH ROW EXECUTE FUNCTION queue_viewevent_refuse_change();
"""
NOT_ERASABLE = """
DROP TRIGGER queue_viewevent_append_only ON queue_viewevent;
DROP FUNCTION queue_viewevent_refuse_change();
CREATE TRIGGER queue_viewevent_append_only BEFORE UPDATE OR DELETE ON queue_viewevent
  FOR EACH ROW EXECUTE FUNCTION concord_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_personal_settings'),
        ('content', '0001_posts_and_assets'),
        ('queue', '0003_gold_overlap_pauses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('mood', models.SmallIntegerField()),
                ('words', models.TextField(blank=True, default='')),
            ],
            options={
                'db_table': 'queue_checkin',
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('rule', models.CharField(max_length=120)),
                ('why', models.CharField(max_length=10)),
                ('severity_from', models.SmallIntegerField(default=0)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), null=True, size=None)),
                ('until', models.DateTimeField()),
                ('may_end', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'queue_closure',
            },
        ),
        migrations.CreateModel(
            name='Harm',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='content.post')),
                ('severity', models.SmallIntegerField()),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('stated_severity', models.SmallIntegerField(null=True)),
                ('stated_categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('found_severity', models.SmallIntegerField(null=True)),
                ('found_categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'queue_harm',
            },
        ),
        migrations.CreateModel(
            name='OrganizationProtection',
            fields=[
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='accounts.organization')),
                ('document', models.JSONField()),
            ],
            options={
                'db_table': 'queue_protection_organization',
            },
        ),
        migrations.CreateModel(
            name='PersonLimit',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('accepted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), db_default=[], size=None)),
                ('refused', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), db_default=[], size=None)),
                ('severity_most', models.SmallIntegerField(db_default=4)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), null=True, size=None)),
                ('counts_from', models.SmallIntegerField(db_default=5)),
                ('break_after_seconds', models.IntegerField(null=True)),
                ('break_seconds', models.IntegerField(null=True)),
                ('work_since', models.DateTimeField(null=True)),
                ('last_work_at', models.DateTimeField(null=True)),
                ('severe_run', models.SmallIntegerField(db_default=0)),
                ('benign_due', models.SmallIntegerField(db_default=0)),
                ('severe_next_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'queue_personlimit',
            },
        ),
        migrations.CreateModel(
            name='PersonProtection',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('document', models.JSONField()),
            ],
            options={
                'db_table': 'queue_protection_person',
            },
        ),
        migrations.CreateModel(
            name='ProjectLimit',
            fields=[
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='accounts.project')),
                ('asks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('expected_severity', models.SmallIntegerField()),
                ('expected_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('counts_from', models.SmallIntegerField()),
                ('break_after_seconds', models.IntegerField(null=True)),
                ('break_seconds', models.IntegerField()),
                ('severe_in_a_row', models.SmallIntegerField()),
                ('then_benign', models.SmallIntegerField()),
                ('benign_most', models.SmallIntegerField()),
                ('cool_down_seconds', models.IntegerField()),
            ],
            options={
                'db_table': 'queue_projectlimit',
            },
        ),
        migrations.CreateModel(
            name='ProjectProtection',
            fields=[
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='accounts.project')),
                ('document', models.JSONField()),
            ],
            options={
                'db_table': 'queue_protection_project',
            },
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('part_id', models.UUIDField(null=True)),
                ('lease_id', models.UUIDField(null=True)),
                ('asset_sha256', models.CharField(db_default='', max_length=64)),
                ('mode', models.CharField(max_length=8)),
                ('purpose', models.CharField(max_length=8)),
                ('severity', models.SmallIntegerField()),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_default=[], size=None)),
                ('seconds', models.FloatField(db_default=0.0)),
                ('beat_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('is_over', models.BooleanField(db_default=False)),
                ('serves', models.IntegerField(db_default=0)),
                ('bytes_sent', models.BigIntegerField(db_default=0)),
            ],
            options={
                'db_table': 'queue_reveal',
            },
        ),
        migrations.CreateModel(
            name='Ward',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('severity', models.SmallIntegerField(default=-1)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=45), default=list, size=None)),
                ('language', models.CharField(default='', max_length=35)),
            ],
            options={
                'db_table': 'queue_ward',
            },
        ),
        migrations.RemoveIndex(
            model_name='slot',
            name='queue_slot_next',
        ),
        migrations.AddField(
            model_name='checkin',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='closure',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='closure',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project'),
        ),
        migrations.AddConstraint(
            model_name='harm',
            constraint=models.CheckConstraint(condition=models.Q(('severity__gte', 0), ('severity__lte', 4)), name='queue_harm_severity'),
        ),
        migrations.AddField(
            model_name='reveal',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reveal',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.post'),
        ),
        migrations.AddField(
            model_name='reveal',
            name='project',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project'),
        ),
        migrations.AddConstraint(
            model_name='ward',
            constraint=models.UniqueConstraint(fields=('severity', 'keys', 'language'), name='queue_ward_once'),
        ),
        migrations.AddConstraint(
            model_name='ward',
            constraint=models.CheckConstraint(condition=models.Q(('severity__gte', -1), ('severity__lte', 4)), name='queue_ward_severity'),
        ),
        migrations.AddField(
            model_name='slot',
            name='ward',
            field=models.ForeignKey(db_constraint=False, db_default=0, db_index=False, default=0, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='queue.ward'),
        ),
        migrations.AddIndex(
            model_name='slot',
            index=models.Index(models.F('project'), models.F('kind'), models.F('ward'), models.OrderBy(models.F('priority'), descending=True), models.F('task'), models.F('ordinal'), condition=models.Q(('state', 'open')), name='queue_slot_next'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('mood__gte', 1), ('mood__lte', 5)), name='queue_checkin_mood'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.UniqueConstraint(fields=('person', 'project', 'rule'), name='queue_closure_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(('why__in', ['budget', 'break', 'stopped'])), name='queue_closure_why_known'),
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(fields=['person', '-created_at'], name='queue_reveal_person'),
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(fields=['project', '-created_at'], name='queue_reveal_project'),
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(condition=models.Q(('is_over', False)), fields=['person', 'post'], name='queue_reveal_open'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['hold', 'lens', 'full', 'unsaid', 'glance', 'handed'])), name='queue_reveal_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['label', 'compare', 'review', 'browse', 'unsaid'])), name='queue_reveal_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(('seconds__gte', 0), ('seconds__lte', 86400)), name='queue_reveal_seconds_sane'),
        ),
        migrations.RunSQL(WARDS, migrations.RunSQL.noop),
        migrations.RunSQL(ERASABLE, NOT_ERASABLE),
    ]
