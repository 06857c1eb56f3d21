"""A measure may count several police.uk types together: the one it had becomes the first of a list."""

from django.db import migrations, models


def into_list(apps, schema_editor):
    for row in apps.get_model("indicators", "Measure").objects.exclude(crime_type=""):
        row.crime_types = [row.crime_type]
        row.save(update_fields=["crime_types"])


def back_to_one(apps, schema_editor):
    for row in apps.get_model("indicators", "Measure").objects.all():
        row.crime_type = row.crime_types[0] if len(row.crime_types) == 1 else ""
        row.save(update_fields=["crime_type"])


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [
        migrations.AddField(
            "measure",
            "crime_types",
            models.JSONField(blank=True, default=list, help_text="police.uk types whose rows are counted together"),
        ),
        migrations.RunPython(into_list, back_to_one),
        migrations.RemoveField("measure", "crime_type"),
    ]
