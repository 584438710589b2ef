import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """What models propose, whom it was offered to and what became of it."""

    dependencies = [
        ('accounts', '0003_personal_settings'),
        ('annotation', '0004_gold_items'),
        ('content', '0001_posts_and_assets'),
        ('policies', '0003_discarded_drafts'),
        ('queue', '0003_gold_overlap_pauses'),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='is_assisted',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='SuggestionOffer',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('timing', models.CharField(max_length=12)),
                ('is_shown', models.BooleanField()),
                ('share', models.FloatField()),
                ('draw', models.FloatField()),
                ('confidence_min', models.FloatField()),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=44), size=None)),
                ('lease', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.lease')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'annotation_suggestionoffer',
            },
        ),
        migrations.CreateModel(
            name='SuggestionReport',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('shown_ms', models.PositiveIntegerField()),
                ('items', models.JSONField()),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='annotation.suggestionoffer')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.submission')),
            ],
            options={
                'db_table': 'annotation_suggestionreport',
            },
        ),
        migrations.CreateModel(
            name='SuggestionRules',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('timing', models.CharField(default='off', max_length=12)),
                ('share', models.FloatField(default=0.5)),
                ('confidence_min', models.FloatField(default=0.0)),
                ('seed', models.BigIntegerField()),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'annotation_suggestionrules',
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=10)),
                ('source_id', models.UUIDField(null=True)),
                ('model', models.CharField(max_length=120)),
                ('version', models.CharField(blank=True, max_length=60)),
                ('answer', models.CharField(max_length=200, null=True)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('confidence', models.FloatField(null=True)),
                ('marks', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
            ],
            options={
                'db_table': 'annotation_suggestion',
                'indexes': [models.Index(fields=['post', 'clause_key', 'meaning_revision', 'model', '-id'], name='annotation_suggestion_newest')],
                'constraints': [models.UniqueConstraint(fields=('project', 'digest'), name='annotation_suggestion_once'), models.CheckConstraint(condition=models.Q(('source__in', ['head', 'imported'])), name='annotation_suggestion_source'), models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='annotation_suggestion_confidence')],
            },
        ),
        migrations.AddIndex(
            model_name='suggestionoffer',
            index=models.Index(fields=['project', '-id'], name='annotation_suggestionoffer_new'),
        ),
        migrations.AddConstraint(
            model_name='suggestionoffer',
            constraint=models.CheckConstraint(condition=models.Q(('timing__in', ['at_once', 'after_answer'])), name='annotation_suggestionoffer_timing'),
        ),
        migrations.AddConstraint(
            model_name='suggestionrules',
            constraint=models.CheckConstraint(condition=models.Q(('timing__in', ['off', 'at_once', 'after_answer'])), name='annotation_suggestionrules_timing'),
        ),
        migrations.AddConstraint(
            model_name='suggestionrules',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 1)), name='annotation_suggestionrules_share'),
        ),
        migrations.AddConstraint(
            model_name='suggestionrules',
            constraint=models.CheckConstraint(condition=models.Q(('confidence_min__gte', 0), ('confidence_min__lte', 1)), name='annotation_suggestionrules_confidence'),
        ),
        AppendOnly("annotation_suggestion"),
        AppendOnly("annotation_suggestionoffer"),
        AppendOnly("annotation_suggestionreport"),
    ]
