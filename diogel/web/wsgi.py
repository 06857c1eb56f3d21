"""What the server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diogel.web.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reads every page's code in now, two seconds that the first reader would wait for
