from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0006_scan_wanted_precision'),
    ]

    operations = [
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
    ]
