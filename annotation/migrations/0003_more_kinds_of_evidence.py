from django.db import migrations, models

KINDS = [
    'whole_post', 'part', 'box', 'ellipse', 'polygon', 'polyline', 'point', 'mask', 'frame', 'time_range',
    'text_span', 'track',
]


class Migration(migrations.Migration):
    """Ellipses, lines and painted areas can be stored as evidence."""

    dependencies = [('annotation', '0002_reviews')]

    operations = [
        migrations.RemoveConstraint(model_name='evidence', name='annotation_evidence_kind_known'),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(
                condition=models.Q(('kind__in', KINDS)), name='annotation_evidence_kind_known'
            ),
        ),
    ]
