import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0004_encoding_waits'),
        ('content', '0001_posts_and_assets'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='quotas',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='round',
            name='like_post',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post'
            ),
        ),
    ]
