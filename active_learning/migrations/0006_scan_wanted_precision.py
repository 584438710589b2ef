from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0005_round_quotas'),
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
    ]
