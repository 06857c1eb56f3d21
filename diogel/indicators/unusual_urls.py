"""Addresses of the unusual figures, below `desk/unusual/`."""

from django.urls import path

from . import silence_views, unusual_views

app_name = "unusual"
urlpatterns = [
    path("", unusual_views.unusual, name="desk"),
    path("look/", unusual_views.look_through, name="look"),
    path("listen/", silence_views.listen, name="listen"),
    path("silence/<int:pk>/", silence_views.silence, name="silence"),
    path("<int:pk>/", unusual_views.card, name="card"),
    path("<int:pk>/hand/", unusual_views.hand, name="hand"),
    path("<int:pk>/reopen/", unusual_views.reopen, name="reopen"),
]
