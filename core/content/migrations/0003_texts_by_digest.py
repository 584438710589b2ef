from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Parts are found by the digest of their text, as they are by their asset's."""

    dependencies = [
        ("content", "0002_material_posts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                models.Func(
                    "text",
                    template=r"sha256(decode(replace(%(expressions)s, '\', '\\'), 'escape'))",
                    output_field=models.BinaryField(),
                ),
                name="content_part_text_sha256",
                condition=models.Q(("text", ""), _negated=True),
            ),
        ),
    ]
