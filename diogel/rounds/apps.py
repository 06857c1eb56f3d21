"""Tells the post which page the links of a round open."""

from django.apps import AppConfig

from .purpose import PURPOSE


class RoundsConfig(AppConfig):
    name = "diogel.rounds"

    def ready(self) -> None:
        from diogel.post.links import PAGES

        PAGES[PURPOSE] = "answers:all"
