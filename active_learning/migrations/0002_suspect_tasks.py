from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('active_learning', '0001_embeddings_rounds_scans'),
        ('content', '0001_posts_and_assets'),
    ]

    operations = [
        migrations.AddField(
            model_name='suspect',
            name='task_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='suspect',
            index=models.Index(fields=['post', 'clause_key'], name='active_learning_suspect_post'),
        ),
    ]
