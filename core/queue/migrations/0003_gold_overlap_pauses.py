import core.db.identifiers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_personal_settings'),
        ('content', '0001_posts_and_assets'),
        ('queue', '0002_notes_beside_tasks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='slot',
            name='clause_keys',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), null=True, size=None),
        ),
        migrations.CreateModel(
            name='GoldOffer',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('item_id', models.UUIDField()),
                ('release_id', models.UUIDField()),
                ('clause_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('known_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'queue_goldoffer',
                'indexes': [models.Index(fields=['project', 'release_id'], name='queue_goldoffer_release')],
                'constraints': [models.UniqueConstraint(fields=('item_id', 'release_id'), name='queue_goldoffer_once')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('reason', models.TextField()),
                ('figures', models.JSONField(default=dict)),
                ('appeal', models.TextField(blank=True, default='')),
                ('appealed_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'queue_pause',
                'indexes': [models.Index(fields=['project', '-id'], name='queue_pause_project')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('project', 'person'), name='queue_pause_one_open'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='queue_pause_says_why'), models.CheckConstraint(condition=models.Q(('appealed_at__isnull', True), models.Q(('appeal', ''), _negated=True), _connector='OR'), name='queue_pause_appeal_says_why'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='queue_pause_answer_says_why')],
            },
        ),
        migrations.CreateModel(
            name='QualityRules',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('overlap', models.PositiveSmallIntegerField(default=1)),
                ('clauses', models.JSONField(default=dict)),
                ('answers_most', models.PositiveSmallIntegerField(default=0)),
                ('agree_share', models.FloatField(default=0.6)),
                ('gold_share', models.FloatField(default=0.0)),
                ('gold_again_days', models.PositiveSmallIntegerField(null=True)),
                ('shows_gold_results', models.BooleanField(default=False)),
                ('pause_below', models.FloatField(null=True)),
                ('pause_window', models.PositiveSmallIntegerField(default=20)),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'queue_rules',
                'constraints': [models.CheckConstraint(condition=models.Q(('answers_most__lte', 50), ('overlap__gte', 1), ('overlap__lte', 50)), name='queue_rules_overlap_sane'), models.CheckConstraint(condition=models.Q(('gold_share__gte', 0), ('gold_share__lte', 0.5)), name='queue_rules_gold_share'), models.CheckConstraint(condition=models.Q(('agree_share__gt', 0.5), ('agree_share__lte', 1)), name='queue_rules_agree_share'), models.CheckConstraint(condition=models.Q(('pause_below__isnull', True), models.Q(('pause_below__gt', 0), ('pause_below__lt', 1)), _connector='OR'), name='queue_rules_pause_below')],
            },
        ),
        migrations.CreateModel(
            name='SpareId',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'queue_spareid',
                'indexes': [models.Index(fields=['project', 'id'], name='queue_spareid_project')],
            },
        ),
    ]
