
import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_users_projects_access_audit'),
        ('queue', '0001_tasks_leases_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('key', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=500)),
                ('summary', models.TextField(blank=True, default='')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
        ),
        migrations.CreateModel(
            name='ClauseIdentity',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('key', models.CharField(max_length=64)),
                ('latest_revision', models.PositiveIntegerField(default=0)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='policies.policy')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In Review'), ('released', 'Released'), ('retired', 'Retired')], default='draft', max_length=16)),
                ('title', models.CharField(max_length=500)),
                ('notes', models.TextField(blank=True, default='')),
                ('version', models.PositiveIntegerField(default=1)),
                ('content_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('effective_at', models.DateTimeField(blank=True, null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('retired_reason', models.TextField(blank=True, default='')),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='policies.policy')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('key', models.CharField(max_length=64)),
                ('parent_key', models.CharField(blank=True, default='', max_length=64)),
                ('position', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=16)),
                ('title', models.CharField(max_length=500)),
                ('question', models.CharField(blank=True, default='', max_length=500)),
                ('blocks', models.JSONField(default=list)),
                ('answers', models.JSONField(default=list)),
                ('severities', models.JSONField(default=list)),
                ('modalities', models.JSONField(default=list)),
                ('evidence_kinds', models.JSONField(default=list)),
                ('requires', models.JSONField(default=dict)),
                ('relations', models.JSONField(default=list)),
                ('codes', models.JSONField(default=list)),
                ('meaning_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('change', models.CharField(choices=[('new', 'New'), ('none', 'None'), ('editorial', 'Editorial'), ('semantic', 'Semantic'), ('undecided', 'Undecided')], default='new', max_length=16)),
                ('change_reason', models.TextField(blank=True, default='')),
                ('decided_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='policies.release')),
            ],
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('overlap', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('starting', 'Starting'), ('running', 'Running')], default='starting', max_length=16)),
                ('job_id', models.UUIDField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('against', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('verdict', models.CharField(choices=[('approved', 'Approved'), ('changes_requested', 'Changes Requested')], max_length=24)),
                ('note', models.TextField(blank=True, default='')),
                ('reviewed_sha256', models.CharField(max_length=64)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='policies.release')),
            ],
        ),
        migrations.CreateModel(
            name='CampaignItem',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('source', models.CharField(max_length=64)),
                ('item_id', models.UUIDField()),
                ('clause_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='policies.campaign')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'source', 'item_id'), name='campaign_asks_an_item_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(fields=('project', 'key'), name='policy_key_once_per_project'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='policy_key_is_slug'),
        ),
        migrations.AddConstraint(
            model_name='clauseidentity',
            constraint=models.UniqueConstraint(fields=('project', 'key'), name='clause_key_once_per_project'),
        ),
        migrations.AddConstraint(
            model_name='clauseidentity',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='clause_identity_key_is_slug'),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['policy', 'state', 'effective_at'], name='release_in_effect'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('policy', 'number'), name='release_number_once_per_policy'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'released', 'retired'])), name='release_state_known'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('number__isnull', True), ('number__gte', 1), _connector='OR'), name='release_number_from_1'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='release_version_from_1'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_sha256', ''), ('effective_at__isnull', True), ('number__isnull', True), ('published_at__isnull', True), ('published_by__isnull', True), ('state__in', ('draft', 'in_review'))), models.Q(('content_sha256__regex', '^[0-9a-f]{64}$'), ('effective_at__isnull', False), ('number__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), ('state__in', ('released', 'retired'))), _connector='OR'), name='release_is_whole_once_published'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', False), ('retired_by__isnull', False), ('state', 'retired')), models.Q(models.Q(('state', 'retired'), _negated=True), ('retired_at__isnull', True), ('retired_by__isnull', True)), _connector='OR'), name='release_retired_says_when_and_who'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('release', 'key'), name='clause_key_once_per_release'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='clause_key_is_slug'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['verdict', 'axis'])), name='clause_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('change__in', ['new', 'none', 'editorial', 'semantic', 'undecided'])), name='clause_change_known'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('meaning_revision__isnull', True), ('meaning_revision__gte', 1), _connector='OR'), name='clause_meaning_from_1'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('parent_key', models.F('key')), _negated=True), name='clause_is_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['starting', 'running'])), name='campaign_state_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('overlap__gte', 1), ('overlap__lte', 20)), name='campaign_overlap_1_to_20'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('release', models.F('against')), _negated=True), name='campaign_between_two_releases'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['approved', 'changes_requested'])), name='approval_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', 'approved')), fields=('release', 'person', 'reviewed_sha256'), name='approval_once_per_person_and_text'),
        ),
    ]
