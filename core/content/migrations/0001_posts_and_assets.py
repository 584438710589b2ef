import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_users_projects_access_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(choices=[('image', 'Image'), ('video', 'Video'), ('audio', 'Audio')], max_length=8)),
                ('mime', models.CharField(max_length=40)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('ready', 'Ready'), ('refused', 'Refused')], default='pending', max_length=8)),
                ('refusal', models.TextField(blank=True, default='')),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('duration_us', models.PositiveBigIntegerField(null=True)),
                ('frame_count', models.PositiveIntegerField(null=True)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'content_asset',
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='content_asset_sha256_is_hex'), models.CheckConstraint(condition=models.Q(('kind__in', ['image', 'video', 'audio'])), name='content_asset_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'ready', 'refused'])), name='content_asset_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('external_id', models.CharField(max_length=200)),
                ('language', models.CharField(blank=True, default='', max_length=35)),
                ('source', models.CharField(blank=True, default='', max_length=200)),
                ('group_key', models.CharField(blank=True, default='', max_length=200)),
                ('metadata', models.JSONField(default=dict)),
                ('content_sha256', models.CharField(max_length=64)),
                ('is_hidden', models.BooleanField(default=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'content_post',
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('image', 'Image'), ('video', 'Video'), ('audio', 'Audio'), ('title', 'Title'), ('caption', 'Caption'), ('comment', 'Comment'), ('text', 'Text'), ('transcript', 'Transcript'), ('ocr', 'Ocr')], max_length=10)),
                ('label', models.CharField(blank=True, default='', max_length=100)),
                ('language', models.CharField(blank=True, default='', max_length=35)),
                ('text', models.TextField(null=True)),
                ('asset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='content.asset')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='content.post')),
            ],
            options={
                'db_table': 'content_part',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='PostImport',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('manifest_sha256', models.CharField(max_length=64)),
                ('manifest_size_bytes', models.PositiveBigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('mode', models.CharField(choices=[('whole', 'Whole'), ('partial', 'Partial')], max_length=8)),
                ('job_id', models.UUIDField(null=True)),
                ('read_bytes', models.PositiveBigIntegerField(default=0)),
                ('read_lines', models.PositiveBigIntegerField(default=0)),
                ('posts_added', models.PositiveBigIntegerField(default=0)),
                ('posts_existing', models.PositiveBigIntegerField(default=0)),
                ('problem_count', models.PositiveBigIntegerField(default=0)),
                ('problems', models.JSONField(default=list)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'content_post_import',
            },
        ),
        migrations.CreateModel(
            name='ProjectAsset',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('name', models.CharField(max_length=200)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_links', to='content.asset')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project')),
            ],
            options={
                'db_table': 'content_project_asset',
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('kind', models.CharField(choices=[('cover', 'Cover'), ('thumbnail', 'Thumbnail'), ('display', 'Display'), ('poster', 'Poster'), ('film_strip', 'Film Strip'), ('proxy', 'Proxy'), ('peaks', 'Peaks'), ('frame_table', 'Frame Table')], max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('mime', models.CharField(max_length=40)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('facts', models.JSONField(default=dict)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='content.asset')),
            ],
            options={
                'db_table': 'content_rendition',
            },
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['project', '-id'], name='content_post_newest'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('project', 'external_id'), name='content_post_external_id_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='content_post_has_external_id'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('post', 'position'), name='content_part_position_once'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['image', 'video', 'audio', 'title', 'caption', 'comment', 'text', 'transcript', 'ocr'])), name='content_part_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', False), ('text__isnull', True)), models.Q(('asset__isnull', True), ('text__isnull', False)), _connector='OR'), name='content_part_text_or_asset'),
        ),
        migrations.AddIndex(
            model_name='postimport',
            index=models.Index(fields=['project', '-id'], name='content_post_import_newest'),
        ),
        migrations.AddConstraint(
            model_name='postimport',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['whole', 'partial'])), name='content_post_import_mode_known'),
        ),
        migrations.AddIndex(
            model_name='projectasset',
            index=models.Index(fields=['project', 'name'], name='content_project_asset_name'),
        ),
        migrations.AddConstraint(
            model_name='projectasset',
            constraint=models.UniqueConstraint(fields=('project', 'asset', 'name'), name='content_project_asset_once'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.UniqueConstraint(fields=('asset', 'kind'), name='content_rendition_once'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='content_rendition_sha256_is_hex'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cover', 'thumbnail', 'display', 'poster', 'film_strip', 'proxy', 'peaks', 'frame_table'])), name='content_rendition_kind_known'),
        ),
    ]
