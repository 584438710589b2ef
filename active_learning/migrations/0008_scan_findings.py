import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import core.db.identifiers


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0007_promotions'),
        ('content', '0001_posts_and_assets'),
    ]

    operations = [
        migrations.AddField(
            model_name='scan',
            name='wanted_precision',
            field=models.FloatField(default=0.1),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(
                condition=models.Q(('wanted_precision__gt', 0), ('wanted_precision__lte', 1)),
                name='active_learning_scan_wants_a_share',
            ),
        ),
        migrations.AddField(
            model_name='scan',
            name='alike_from',
            field=models.FloatField(default=0.95),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(
                condition=models.Q(('alike_from__gt', 0), ('alike_from__lte', 1)),
                name='active_learning_scan_twins_are_alike',
            ),
        ),
        migrations.AddField(
            model_name='suspect',
            name='kind',
            field=models.CharField(default='answer', max_length=10),
        ),
        migrations.RemoveConstraint(
            model_name='suspect',
            name='active_learning_suspect_once',
        ),
        migrations.AddConstraint(
            model_name='suspect',
            constraint=models.UniqueConstraint(
                fields=['scan', 'kind', 'post', 'clause_key'], name='active_learning_suspect_once'
            ),
        ),
        migrations.AddConstraint(
            model_name='suspect',
            constraint=models.CheckConstraint(
                condition=models.Q(('kind__in', ['answer', 'duplicate'])),
                name='active_learning_suspect_kind_known',
            ),
        ),
        migrations.CreateModel(
            name='ScanFinding',
            fields=[
                (
                    'id',
                    models.UUIDField(
                        default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    'created_at',
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ('kind', models.CharField(max_length=10)),
                ('clause_key', models.CharField(blank=True, default='', max_length=64)),
                ('rank', models.PositiveIntegerField()),
                ('score', models.FloatField()),
                ('why', models.JSONField(default=dict)),
                ('task_id', models.UUIDField(null=True)),
                (
                    'other_post',
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to='content.post',
                    ),
                ),
                (
                    'post',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post'
                    ),
                ),
                (
                    'scan',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='findings',
                        to='active_learning.scan',
                    ),
                ),
            ],
            options={
                'indexes': [
                    models.Index(fields=['scan', 'kind', 'rank'], name='active_learning_finding_rank')
                ],
                'constraints': [
                    models.UniqueConstraint(
                        fields=('scan', 'kind', 'post', 'clause_key'), name='active_learning_finding_once'
                    ),
                    models.CheckConstraint(
                        condition=models.Q(('kind__in', ['leakage', 'gold', 'outlier'])),
                        name='active_learning_finding_kind_known',
                    ),
                ],
            },
        ),
    ]
