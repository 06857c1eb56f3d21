"""The three totals of a score are its parts now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessment", "0004_carry_old_scores_over")]

    operations = [
        migrations.RemoveField(
            model_name='score',
            name='harm',
        ),
        migrations.RemoveField(
            model_name='score',
            name='likelihood',
        ),
        migrations.RemoveField(
            model_name='score',
            name='response',
        ),
    ]
