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
        ('content', '0001_posts_and_assets'),
        ('policies', '0002_published_releases_frozen'),
        ('queue', '0001_tasks_leases_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('external_id', models.CharField(max_length=200)),
                ('metadata', models.JSONField(default=dict)),
                ('content_sha256', models.CharField(max_length=64)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'preferences_comparison',
            },
        ),
        migrations.CreateModel(
            name='Judgment',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('swapped', models.BooleanField()),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('reason_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('reason', models.TextField(blank=True, default='')),
                ('confidence', models.FloatField(null=True)),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgments', to='preferences.comparison')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.submission')),
            ],
            options={
                'db_table': 'preferences_judgment',
            },
        ),
        migrations.CreateModel(
            name='Demonstration',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('side', models.CharField(max_length=1)),
                ('text', models.TextField()),
                ('judgment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demonstrations', to='preferences.judgment')),
            ],
            options={
                'db_table': 'preferences_demonstration',
            },
        ),
        migrations.CreateModel(
            name='AxisAnswer',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('choice', models.CharField(max_length=20)),
                ('value', models.SmallIntegerField()),
                ('judgment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='axis_answers', to='preferences.judgment')),
            ],
            options={
                'db_table': 'preferences_axis_answer',
            },
        ),
        migrations.CreateModel(
            name='Prompt',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('messages', models.JSONField()),
                ('language', models.CharField(blank=True, default='', max_length=35)),
                ('content_sha256', models.CharField(max_length=64)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'preferences_prompt',
            },
        ),
        migrations.AddField(
            model_name='comparison',
            name='prompt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='preferences.prompt'),
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('text', models.TextField(blank=True)),
                ('source_model', models.CharField(blank=True, default='', max_length=200)),
                ('external_id', models.CharField(blank=True, default='', max_length=200)),
                ('content_sha256', models.CharField(max_length=64)),
                ('asset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.asset')),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='preferences.prompt')),
            ],
            options={
                'db_table': 'preferences_response',
            },
        ),
        migrations.AddField(
            model_name='comparison',
            name='response_a',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='preferences.response'),
        ),
        migrations.AddField(
            model_name='comparison',
            name='response_b',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='preferences.response'),
        ),
        migrations.CreateModel(
            name='ResponseAssessment',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('side', models.CharField(max_length=1)),
                ('acceptable', models.BooleanField(null=True)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('judgment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='preferences.judgment')),
            ],
            options={
                'db_table': 'preferences_response_assessment',
            },
        ),
        migrations.CreateModel(
            name='ClauseCitation',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='preferences.responseassessment')),
            ],
            options={
                'db_table': 'preferences_clause_citation',
            },
        ),
        migrations.CreateModel(
            name='SideOrder',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('swapped', models.BooleanField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.task')),
            ],
            options={
                'db_table': 'preferences_side_order',
            },
        ),
        migrations.CreateModel(
            name='AcceptanceDecision',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('side', models.CharField(max_length=1)),
                ('acceptable', models.BooleanField(null=True)),
                ('method', models.CharField(max_length=12)),
                ('p_acceptable', models.FloatField()),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('cited', models.JSONField(default=list)),
                ('votes', models.PositiveIntegerField()),
                ('submissions', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance', to='preferences.comparison')),
            ],
            options={
                'db_table': 'preferences_acceptance_decision',
                'indexes': [models.Index(fields=['comparison', 'release', 'side', '-id'], name='preferences_acceptance_current'), models.Index(fields=['project', 'id'], name='preferences_acceptance_project')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['a', 'b'])), name='preferences_acceptance_side_known'), models.CheckConstraint(condition=models.Q(('method__in', ['unanimous', 'majority', 'undecided'])), name='preferences_acceptance_method_known')],
            },
        ),
        migrations.CreateModel(
            name='ComparisonDecision',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('outcome', models.CharField(max_length=20)),
                ('method', models.CharField(max_length=12)),
                ('strength', models.FloatField()),
                ('p_a_better', models.FloatField()),
                ('agreement', models.FloatField()),
                ('votes', models.PositiveIntegerField()),
                ('submissions', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='preferences.comparison')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
            ],
            options={
                'db_table': 'preferences_comparison_decision',
                'indexes': [models.Index(fields=['comparison', 'clause_key', 'meaning_revision', '-id'], name='preferences_decision_current'), models.Index(fields=['project', 'id'], name='preferences_decision_project')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['a', 'b', 'tie', 'both_good', 'both_unacceptable', 'none'])), name='preferences_decision_outcome_known'), models.CheckConstraint(condition=models.Q(('method__in', ['unanimous', 'majority', 'undecided'])), name='preferences_decision_method_known'), models.CheckConstraint(condition=models.Q(('agreement__gte', 0), ('agreement__lte', 1), ('p_a_better__gte', 0), ('p_a_better__lte', 1)), name='preferences_decision_shares')],
            },
        ),
        migrations.AddIndex(
            model_name='judgment',
            index=models.Index(fields=['project', 'id'], name='preferences_judgment_project'),
        ),
        migrations.AddConstraint(
            model_name='judgment',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='preferences_judgment_confidence_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='demonstration',
            constraint=models.UniqueConstraint(fields=('judgment', 'side'), name='preferences_demonstration_once_per_side'),
        ),
        migrations.AddConstraint(
            model_name='demonstration',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['a', 'b'])), name='preferences_demonstration_side_known'),
        ),
        migrations.AddConstraint(
            model_name='demonstration',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='preferences_demonstration_has_text'),
        ),
        migrations.AddIndex(
            model_name='axisanswer',
            index=models.Index(fields=['clause_key', 'meaning_revision'], name='preferences_axis_answer_clause'),
        ),
        migrations.AddConstraint(
            model_name='axisanswer',
            constraint=models.UniqueConstraint(fields=('judgment', 'clause_key'), name='preferences_axis_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='axisanswer',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['prefer', 'tie', 'both_good', 'both_unacceptable'])), name='preferences_axis_answer_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='axisanswer',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', -3), ('value__lte', 3)), name='preferences_axis_answer_in_range'),
        ),
        migrations.AddConstraint(
            model_name='axisanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice', 'prefer'), models.Q(('value', 0), _negated=True)), models.Q(models.Q(('choice', 'prefer'), _negated=True), ('value', 0)), _connector='OR'), name='preferences_axis_answer_strength_fits'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.UniqueConstraint(fields=('project', 'content_sha256', 'post'), name='preferences_prompt_content_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(fields=('prompt', 'source_model', 'content_sha256'), name='preferences_response_content_once'),
        ),
        migrations.AddIndex(
            model_name='comparison',
            index=models.Index(fields=['project', '-id'], name='preferences_comparison_newest'),
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.UniqueConstraint(fields=('project', 'external_id'), name='preferences_comparison_external_id_once'),
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='preferences_comparison_has_external_id'),
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.CheckConstraint(condition=models.Q(('response_a', models.F('response_b')), _negated=True), name='preferences_comparison_two_responses'),
        ),
        migrations.AddConstraint(
            model_name='responseassessment',
            constraint=models.UniqueConstraint(fields=('judgment', 'side'), name='preferences_assessment_once_per_side'),
        ),
        migrations.AddConstraint(
            model_name='responseassessment',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['a', 'b'])), name='preferences_assessment_side_known'),
        ),
        migrations.AddIndex(
            model_name='clausecitation',
            index=models.Index(fields=['clause_key', 'meaning_revision'], name='preferences_citation_clause'),
        ),
        migrations.AddConstraint(
            model_name='clausecitation',
            constraint=models.UniqueConstraint(fields=('assessment', 'clause_key'), name='preferences_citation_once'),
        ),
        migrations.AddConstraint(
            model_name='sideorder',
            constraint=models.UniqueConstraint(fields=('task', 'person'), name='preferences_side_order_once'),
        ),
    ]
