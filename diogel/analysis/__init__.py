"""Statistics that stand alone: nothing here knows of Django, a database or a page."""
