from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0006_suggestions")]

    operations = [
        migrations.AddField(
            "goldresult", "onboarding_try", models.PositiveSmallIntegerField(null=True)
        )
    ]
