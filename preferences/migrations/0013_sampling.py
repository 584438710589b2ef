import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import FrozenWhen


class Migration(migrations.Migration):
    """Runs that ask a model for responses; what came of a call is kept, unless it failed."""

    dependencies = [
        ('accounts', '0004_lean_indexes'),
        ('endpoints', '0001_model_endpoints'),
        ('jobs', '0003_jobs_by_kind'),
        ('preferences', '0012_material'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SamplingRun',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('source_model', models.CharField(max_length=200)),
                ('model_told', models.JSONField(default=dict)),
                ('prompts_from', models.CharField(max_length=10)),
                ('samples', models.PositiveSmallIntegerField()),
                ('system', models.TextField(blank=True, default='')),
                ('temperature', models.FloatField()),
                ('max_tokens', models.PositiveIntegerField()),
                ('seed', models.BigIntegerField(null=True)),
                ('becomes', models.CharField(max_length=10)),
                ('beside', models.CharField(max_length=10)),
                ('most_tokens', models.BigIntegerField(null=True)),
                ('most_cost', models.DecimalField(decimal_places=6, max_digits=14, null=True)),
                ('planned_calls', models.PositiveIntegerField(default=0)),
                ('made_pairs', models.PositiveIntegerField(default=0)),
                ('made_slates', models.PositiveIntegerField(default=0)),
                ('stopped_by', models.CharField(blank=True, default='', max_length=10)),
                ('finished_at', models.DateTimeField(null=True)),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='endpoints.endpoint')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'preferences_sampling_run',
            },
        ),
        migrations.CreateModel(
            name='SamplingItem',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveIntegerField()),
                ('first', models.PositiveIntegerField()),
                ('wanted', models.PositiveSmallIntegerField()),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='preferences.prompt')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='preferences.samplingrun')),
            ],
            options={
                'db_table': 'preferences_sampling_item',
            },
        ),
        migrations.CreateModel(
            name='SamplingCall',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveIntegerField()),
                ('outcome', models.CharField(max_length=10)),
                ('is_cut', models.BooleanField(default=False)),
                ('error_code', models.CharField(blank=True, default='', max_length=60)),
                ('tokens_in', models.PositiveIntegerField(default=0)),
                ('tokens_out', models.PositiveIntegerField(default=0)),
                ('duration_ms', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=1)),
                ('response', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='preferences.response')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='preferences.samplingitem')),
            ],
            options={
                'db_table': 'preferences_sampling_call',
                'constraints': [models.UniqueConstraint(fields=('item', 'place'), name='preferences_sampling_call_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['kept', 'repeated', 'empty', 'failed'])), name='preferences_sampling_call_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['kept', 'repeated']), ('response__isnull', False)), models.Q(models.Q(('outcome__in', ['kept', 'repeated']), _negated=True), ('response__isnull', True)), _connector='OR'), name='preferences_sampling_call_response')],
            },
        ),
        migrations.AddIndex(
            model_name='samplingrun',
            index=models.Index(fields=['project', '-id'], name='preferences_sampling_newest'),
        ),
        migrations.AddConstraint(
            model_name='samplingrun',
            constraint=models.CheckConstraint(condition=models.Q(('source_model', ''), _negated=True), name='preferences_sampling_run_named'),
        ),
        migrations.AddConstraint(
            model_name='samplingrun',
            constraint=models.CheckConstraint(condition=models.Q(('samples__gte', 1), ('samples__lte', 32)), name='preferences_sampling_run_samples'),
        ),
        migrations.AddConstraint(
            model_name='samplingrun',
            constraint=models.CheckConstraint(condition=models.Q(('prompts_from__in', ['project', 'file']), ('becomes__in', ['responses', 'pairs', 'slates']), ('beside__in', ['own', 'others'])), name='preferences_sampling_run_known'),
        ),
        migrations.AddIndex(
            model_name='samplingitem',
            index=models.Index(fields=['run', 'place'], name='preferences_sampling_place'),
        ),
        migrations.AddConstraint(
            model_name='samplingitem',
            constraint=models.UniqueConstraint(fields=('run', 'prompt'), name='preferences_sampling_item_once'),
        ),
        migrations.AddConstraint(
            model_name='samplingitem',
            constraint=models.CheckConstraint(condition=models.Q(('wanted__gte', 1)), name='preferences_sampling_item_wanted'),
        ),
        FrozenWhen("preferences_sampling_call", "OLD.outcome <> 'failed'"),
    ]
