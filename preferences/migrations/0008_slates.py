import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """Several responses to one prompt judged together, what is said of them, and the pairs that follow."""

    dependencies = [
        ('accounts', '0004_lean_indexes'),
        ('policies', '0009_campaigns_step_by_step'),
        ('preferences', '0007_adjudicated_pairs'),
        ('queue', '0015_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RatingDecision',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('value', models.FloatField()),
                ('agreement', models.FloatField()),
                ('votes', models.PositiveIntegerField()),
                ('submissions', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={
                'db_table': 'preferences_rating_decision',
            },
        ),
        migrations.CreateModel(
            name='Slate',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('external_id', models.CharField(max_length=200)),
                ('size', models.PositiveSmallIntegerField()),
                ('metadata', models.JSONField(default=dict)),
                ('content_sha256', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'preferences_slate',
            },
        ),
        migrations.CreateModel(
            name='SlateAnswer',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('form', models.CharField(max_length=12)),
                ('shown', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                ('asked', models.CharField(max_length=8)),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('reason_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('reason', models.TextField(blank=True, default='')),
                ('confidence', models.FloatField(null=True)),
            ],
            options={
                'db_table': 'preferences_slate_answer',
            },
        ),
        migrations.CreateModel(
            name='SlateOpinion',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('acceptable', models.BooleanField(null=True)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('cited', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'preferences_slate_opinion',
            },
        ),
        migrations.CreateModel(
            name='SlateOrder',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
            ],
            options={
                'db_table': 'preferences_slate_order',
            },
        ),
        migrations.CreateModel(
            name='SlatePlacement',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('value', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'preferences_slate_placement',
            },
        ),
        migrations.CreateModel(
            name='SlateResponse',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('place', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'preferences_slate_response',
            },
        ),
        migrations.AddField(
            model_name='axisanswer',
            name='weight',
            field=models.FloatField(db_default=1.0, default=1.0),
        ),
        migrations.AlterField(
            model_name='judgment',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.submission'),
        ),
        migrations.AddConstraint(
            model_name='axisanswer',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 1)), name='preferences_axis_answer_weight_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='judgment',
            constraint=models.UniqueConstraint(fields=('submission', 'comparison'), name='preferences_judgment_comparison_once'),
        ),
        migrations.AddField(
            model_name='ratingdecision',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project'),
        ),
        migrations.AddField(
            model_name='ratingdecision',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release'),
        ),
        migrations.AddField(
            model_name='slate',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project'),
        ),
        migrations.AddField(
            model_name='slate',
            name='prompt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slates', to='preferences.prompt'),
        ),
        migrations.AddField(
            model_name='ratingdecision',
            name='slate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='preferences.slate'),
        ),
        migrations.AddField(
            model_name='comparison',
            name='slate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='preferences.slate'),
        ),
        migrations.AddField(
            model_name='slateanswer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slateanswer',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project'),
        ),
        migrations.AddField(
            model_name='slateanswer',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release'),
        ),
        migrations.AddField(
            model_name='slateanswer',
            name='slate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='preferences.slate'),
        ),
        migrations.AddField(
            model_name='slateanswer',
            name='submission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.submission'),
        ),
        migrations.AddField(
            model_name='slateopinion',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='preferences.slateanswer'),
        ),
        migrations.AddField(
            model_name='slateorder',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='slateorder',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.task'),
        ),
        migrations.AddField(
            model_name='slateplacement',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='preferences.slateanswer'),
        ),
        migrations.AddField(
            model_name='slateresponse',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='preferences.response'),
        ),
        migrations.AddField(
            model_name='slateresponse',
            name='slate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='preferences.slate'),
        ),
        migrations.AddIndex(
            model_name='slate',
            index=models.Index(fields=['project', '-id'], name='preferences_slate_newest'),
        ),
        migrations.AddConstraint(
            model_name='slate',
            constraint=models.UniqueConstraint(fields=('project', 'external_id'), name='preferences_slate_external_id_once'),
        ),
        migrations.AddConstraint(
            model_name='slate',
            constraint=models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='preferences_slate_has_external_id'),
        ),
        migrations.AddConstraint(
            model_name='slate',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 10)), name='preferences_slate_size'),
        ),
        migrations.AddIndex(
            model_name='ratingdecision',
            index=models.Index(fields=['slate', 'clause_key', 'meaning_revision', 'place', '-id'], name='preferences_rating_current'),
        ),
        migrations.AddIndex(
            model_name='slateanswer',
            index=models.Index(fields=['project', 'id'], name='preferences_slate_answer_proj'),
        ),
        migrations.AddConstraint(
            model_name='slateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['ranking', 'best_worst', 'best', 'rating'])), name='preferences_slate_answer_form_known'),
        ),
        migrations.AddConstraint(
            model_name='slateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('asked__in', ['work', 'again', 'gold'])), name='preferences_slate_answer_asked_known'),
        ),
        migrations.AddConstraint(
            model_name='slateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='preferences_slate_answer_confidence'),
        ),
        migrations.AddConstraint(
            model_name='slateopinion',
            constraint=models.UniqueConstraint(fields=('answer', 'place'), name='preferences_slate_opinion_once'),
        ),
        migrations.AddConstraint(
            model_name='slateorder',
            constraint=models.UniqueConstraint(fields=('task', 'person'), name='preferences_slate_order_once'),
        ),
        migrations.AddConstraint(
            model_name='slateplacement',
            constraint=models.UniqueConstraint(fields=('answer', 'clause_key', 'place'), name='preferences_slate_placement_once'),
        ),
        migrations.AddConstraint(
            model_name='slateresponse',
            constraint=models.UniqueConstraint(fields=('slate', 'place'), name='preferences_slate_place_once'),
        ),
        migrations.AddConstraint(
            model_name='slateresponse',
            constraint=models.UniqueConstraint(fields=('slate', 'response'), name='preferences_slate_response_once'),
        ),
        AppendOnly("preferences_slate_order"),
        AppendOnly("preferences_slate_answer"),
        AppendOnly("preferences_slate_placement"),
        AppendOnly("preferences_slate_opinion"),
        AppendOnly("preferences_rating_decision"),
    ]
