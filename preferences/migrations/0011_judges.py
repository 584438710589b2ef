import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Runs of model judges, what they are asked about, and what they answer."""

    dependencies = [
        ('accounts', '0004_lean_indexes'),
        ('endpoints', '0001_model_endpoints'),
        ('jobs', '0003_jobs_by_kind'),
        ('policies', '0009_campaigns_step_by_step'),
        ('preferences', '0010_tallies_filled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JudgeRun',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('source', models.CharField(max_length=10)),
                ('judge', models.CharField(max_length=200)),
                ('version', models.CharField(blank=True, default='', max_length=200)),
                ('model_told', models.JSONField(default=dict)),
                ('clause_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('prompts', models.JSONField(default=dict)),
                ('fingerprint', models.CharField(blank=True, default='', max_length=16)),
                ('which', models.CharField(default='all', max_length=10)),
                ('both_orders', models.BooleanField(default=True)),
                ('temperature', models.FloatField(default=0.0)),
                ('sample_seed', models.BigIntegerField(default=0)),
                ('most_tokens', models.BigIntegerField(null=True)),
                ('most_cost', models.DecimalField(decimal_places=6, max_digits=14, null=True)),
                ('planned_calls', models.PositiveIntegerField(default=0)),
                ('stopped_by', models.CharField(blank=True, default='', max_length=10)),
                ('finished_at', models.DateTimeField(null=True)),
                ('endpoint', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='endpoints.endpoint')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'preferences_judge_run',
            },
        ),
        migrations.CreateModel(
            name='JudgeItem',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveIntegerField()),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judge_items', to='preferences.comparison')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='preferences.judgerun')),
            ],
            options={
                'db_table': 'preferences_judge_item',
            },
        ),
        migrations.CreateModel(
            name='JudgeCall',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('swapped', models.BooleanField()),
                ('outcome', models.CharField(max_length=10)),
                ('choice', models.CharField(max_length=20, null=True)),
                ('value', models.SmallIntegerField(default=0)),
                ('said', models.CharField(blank=True, default='', max_length=500)),
                ('error_code', models.CharField(blank=True, default='', max_length=60)),
                ('tokens_in', models.PositiveIntegerField(default=0)),
                ('tokens_out', models.PositiveIntegerField(default=0)),
                ('duration_ms', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=1)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='preferences.judgeitem')),
            ],
            options={
                'db_table': 'preferences_judge_call',
                'constraints': [models.UniqueConstraint(fields=('item', 'clause_key', 'swapped'), name='preferences_judge_call_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['answered', 'unparsed', 'failed']), models.Q(('choice__isnull', True), ('choice__in', ['prefer', 'tie', 'both_good', 'both_unacceptable']), _connector='OR')), name='preferences_judge_call_known'), models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', False), ('outcome', 'answered')), models.Q(models.Q(('outcome', 'answered'), _negated=True), ('choice__isnull', True)), _connector='OR'), name='preferences_judge_call_answer'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'prefer'), ('value__gte', -3), ('value__lte', 3), models.Q(('value', 0), _negated=True)), models.Q(models.Q(models.Q(('choice', 'prefer'), _negated=True), ('choice__isnull', True), _connector='OR'), ('value', 0)), _connector='OR'), name='preferences_judge_call_strength')],
            },
        ),
        migrations.AddIndex(
            model_name='judgerun',
            index=models.Index(fields=['project', '-id'], name='preferences_judge_run_newest'),
        ),
        migrations.AddConstraint(
            model_name='judgerun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('endpoint__isnull', False), ('source', 'endpoint')), models.Q(('endpoint__isnull', True), ('source', 'imported')), _connector='OR'), name='preferences_judge_run_source'),
        ),
        migrations.AddConstraint(
            model_name='judgerun',
            constraint=models.CheckConstraint(condition=models.Q(('judge', ''), _negated=True), name='preferences_judge_run_named'),
        ),
        migrations.AddIndex(
            model_name='judgeitem',
            index=models.Index(fields=['run', 'place'], name='preferences_judge_item_place'),
        ),
        migrations.AddConstraint(
            model_name='judgeitem',
            constraint=models.UniqueConstraint(fields=('run', 'comparison'), name='preferences_judge_item_once'),
        ),
    ]
