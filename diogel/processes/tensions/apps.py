"""Makes the workflow of tension reports known to the spine."""

from django.apps import AppConfig


class TensionsConfig(AppConfig):
    name = "diogel.processes.tensions"

    def ready(self) -> None:
        from . import process  # noqa: F401 - registers the workflow
