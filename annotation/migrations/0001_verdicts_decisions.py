import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_users_projects_access_audit'),
        ('content', '0001_posts_and_assets'),
        ('policies', '0002_published_releases_frozen'),
        ('queue', '0001_tasks_leases_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('answer', models.CharField(max_length=200)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('confidence', models.FloatField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='queue.submission')),
            ],
            options={
                'db_table': 'annotation_verdict',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('data', models.JSONField()),
                ('part', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.part')),
                ('verdict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='annotation.verdict')),
            ],
            options={
                'db_table': 'annotation_evidence',
                'ordering': ['ordinal'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('answer', models.CharField(max_length=200, null=True)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('confidence', models.FloatField()),
                ('method', models.CharField(max_length=12)),
                ('submissions', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('evidence', models.JSONField(default=list)),
                ('reason_code', models.CharField(blank=True, default='', max_length=20)),
                ('reason', models.TextField(blank=True, default='')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
            ],
            options={
                'db_table': 'annotation_decision',
                'indexes': [models.Index(fields=['project', 'clause_key', 'meaning_revision', 'post', '-id'], name='annotation_decision_newest'), models.Index(fields=['post', 'clause_key', '-id'], name='annotation_decision_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['unanimous', 'majority', 'weighted', 'adjudicated', 'ruled', 'undecided'])), name='annotation_decision_method_known'), models.CheckConstraint(condition=models.Q(('reason_code__in', ['', 'mistake', 'misread_clause', 'guideline_gap', 'ambiguous_post', 'missing_context', 'other'])), name='annotation_decision_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('method', 'undecided')), models.Q(models.Q(('method', 'undecided'), _negated=True), ('answer__isnull', False)), _connector='OR'), name='annotation_decision_has_answer'), models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='annotation_decision_confidence'), models.CheckConstraint(condition=models.Q(models.Q(('method__in', ['adjudicated', 'ruled']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='annotation_decision_has_decider')],
            },
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['project', 'clause_key', 'meaning_revision', 'post'], name='annotation_verdict_meaning'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['post', 'clause_key'], name='annotation_verdict_post'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('submission', 'clause_key'), name='annotation_verdict_once'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='annotation_verdict_confidence'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('verdict', 'ordinal'), name='annotation_evidence_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['whole_post', 'part', 'box', 'polygon', 'point', 'frame', 'time_range', 'text_span', 'track'])), name='annotation_evidence_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'whole_post'), ('part__isnull', True)), models.Q(models.Q(('kind', 'whole_post'), _negated=True), ('part__isnull', False)), _connector='OR'), name='annotation_evidence_has_its_part'),
        ),
        AppendOnly("annotation_verdict"),
        AppendOnly("annotation_evidence"),
        AppendOnly("annotation_decision"),
    ]
