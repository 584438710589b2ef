import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_users_projects_access_audit'),
        ('annotation', '0001_verdicts_decisions'),
        ('content', '0001_posts_and_assets'),
        ('queue', '0001_tasks_leases_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('outcome', models.CharField(max_length=10)),
                ('comment', models.TextField(blank=True, default='')),
                ('found_by', models.JSONField(default=dict)),
                ('amendment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendment_of', to='queue.submission')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='queue.submission')),
            ],
            options={
                'db_table': 'annotation_review',
                'indexes': [models.Index(fields=['submission', '-id'], name='annotation_review_newest'), models.Index(fields=['project', '-id'], name='annotation_review_project')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['accepted', 'amended', 'returned'])), name='annotation_review_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('amendment__isnull', False), ('outcome', 'amended')), models.Q(models.Q(('outcome', 'amended'), _negated=True), ('amendment__isnull', True)), _connector='OR'), name='annotation_review_has_its_amendment'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'returned'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='annotation_review_says_why')],
            },
        ),
        AppendOnly("annotation_review"),
    ]
