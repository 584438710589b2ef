import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0010_round_plans'),
    ]

    operations = [
        migrations.AddField(
            model_name='scan',
            name='looks',
            # What every scan looked at before it could be told.
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10), default=['each'], size=None
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('looks__contained_by', ['each', 'together', 'people', 'regions']), ('looks__len__gte', 1)
                ),
                name='active_learning_scan_looks_known',
            ),
        ),
        migrations.AddField(
            model_name='suspect',
            name='subject',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.RemoveConstraint(
            model_name='suspect',
            name='active_learning_suspect_once',
        ),
        migrations.AddConstraint(
            model_name='suspect',
            constraint=models.UniqueConstraint(
                fields=['scan', 'kind', 'post', 'clause_key', 'subject'], name='active_learning_suspect_once'
            ),
        ),
        migrations.RemoveConstraint(
            model_name='suspect',
            name='active_learning_suspect_kind_known',
        ),
        migrations.AddConstraint(
            model_name='suspect',
            constraint=models.CheckConstraint(
                condition=models.Q(('kind__in', ['answer', 'duplicate', 'set', 'consensus', 'vote', 'region'])),
                name='active_learning_suspect_kind_known',
            ),
        ),
    ]
