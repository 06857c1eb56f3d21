"""Makes the workflow of actions known to the spine."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "diogel.processes.actions"

    def ready(self) -> None:
        from . import process  # noqa: F401 - registers the workflow
