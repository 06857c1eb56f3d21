"""Makes the life of an assessment known beside the workflows of records, so that it is printed with them."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "diogel.assessment"

    def ready(self) -> None:
        from . import life  # noqa: F401 - registers the table of moves
