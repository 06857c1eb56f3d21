"""Old scores keep their three totals as parts, their risk and whether they were agreed; assessments that were published say so."""

from django.db import migrations
from django.db.models import Max


def carry_over(apps, schema_editor):
    Score, Theme = apps.get_model("assessment", "Score"), apps.get_model("assessment", "Theme")
    Assessment = apps.get_model("assessment", "Assessment")
    for score in Score.objects.all():
        score.parts = {"harm": score.harm, "likelihood": score.likelihood, "response": score.response}
        score.risk = score.harm * score.likelihood
        score.save(update_fields=["parts", "risk"])
    # Everyone of the desk could read them, so they stay open.
    for theme, on in Score.objects.order_by().values_list("theme").annotate(newest=Max("scored_on")):
        Theme.objects.filter(pk=theme).update(opened_on=on)
    Assessment.objects.exclude(published_on=None).update(status="published")
    Assessment.objects.filter(published_on=None).update(status="gathering")


def carry_back(apps, schema_editor):
    Score = apps.get_model("assessment", "Score")
    for score in Score.objects.all():
        score.harm = min(score.parts.get("harm", 0), 24)
        score.likelihood = min(max(score.parts.get("likelihood", 1), 1), 5)
        score.response = min(max(score.parts.get("response", 1), 1), 5)
        score.save(update_fields=["harm", "likelihood", "response"])


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_a_year_is_assessed_step_by_step")]

    operations = [migrations.RunPython(carry_over, carry_back)]
