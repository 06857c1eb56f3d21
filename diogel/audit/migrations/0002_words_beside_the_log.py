"""Words that people wrote lie beside the entry that tells of them; the entry keeps a print."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="entry", old_name="detail", new_name="sealed_detail"),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("text", models.TextField(blank=True)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="words", to="audit.entry")),
            ],
            options={
                "verbose_name_plural": "words",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("entry", "name"), name="one_wording_a_column")],
            },
        ),
    ]
