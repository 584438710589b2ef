import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_personal_settings'),
        ('annotation', '0003_more_kinds_of_evidence'),
        ('content', '0001_posts_and_assets'),
        ('policies', '0003_discarded_drafts'),
        ('queue', '0003_gold_overlap_pauses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GoldItem',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('explanation', models.TextField(blank=True, default='')),
                ('retired_at', models.DateTimeField(null=True)),
                ('retired_because', models.CharField(blank=True, default='', max_length=500)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.release')),
                ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'annotation_golditem',
            },
        ),
        migrations.CreateModel(
            name='GoldAnswer',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_from', models.PositiveIntegerField()),
                ('meaning_to', models.PositiveIntegerField(null=True)),
                ('answer', models.CharField(max_length=200)),
                ('severity', models.PositiveSmallIntegerField(null=True)),
                ('severity_within', models.PositiveSmallIntegerField(null=True)),
                ('evidence', models.JSONField(default=list)),
                ('alike_min', models.FloatField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='annotation.golditem')),
            ],
            options={
                'db_table': 'annotation_goldanswer',
            },
        ),
        migrations.CreateModel(
            name='GoldResult',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('clause_key', models.CharField(max_length=64)),
                ('meaning_revision', models.PositiveIntegerField()),
                ('passed', models.BooleanField()),
                ('right_answer', models.BooleanField()),
                ('right_severity', models.BooleanField(null=True)),
                ('alike', models.FloatField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='annotation.golditem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queue.submission')),
            ],
            options={
                'db_table': 'annotation_goldresult',
            },
        ),
        migrations.AddIndex(
            model_name='golditem',
            index=models.Index(fields=['project', '-id'], name='annotation_golditem_project'),
        ),
        migrations.AddConstraint(
            model_name='golditem',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('post',), name='annotation_golditem_one_a_post'),
        ),
        migrations.AddConstraint(
            model_name='goldanswer',
            constraint=models.UniqueConstraint(fields=('item', 'clause_key'), name='annotation_goldanswer_once'),
        ),
        migrations.AddConstraint(
            model_name='goldanswer',
            constraint=models.CheckConstraint(condition=models.Q(('meaning_to__isnull', True), ('meaning_to__gte', models.F('meaning_from')), _connector='OR'), name='annotation_goldanswer_range'),
        ),
        migrations.AddConstraint(
            model_name='goldanswer',
            constraint=models.CheckConstraint(condition=models.Q(('alike_min__isnull', True), models.Q(('alike_min__gt', 0), ('alike_min__lte', 1)), _connector='OR'), name='annotation_goldanswer_alike'),
        ),
        migrations.AddIndex(
            model_name='goldresult',
            index=models.Index(fields=['project', 'person', '-id'], name='annotation_goldresult_person'),
        ),
        migrations.AddIndex(
            model_name='goldresult',
            index=models.Index(fields=['item', 'clause_key'], name='annotation_goldresult_item'),
        ),
        migrations.AddConstraint(
            model_name='goldresult',
            constraint=models.UniqueConstraint(fields=('submission', 'clause_key'), name='annotation_goldresult_once'),
        ),
        AppendOnly('annotation_goldresult'),
    ]
