"""Addresses of the unusual figures, below `desk/unusual/`."""

from django.urls import path

from . import unusual_views

app_name = "unusual"
urlpatterns = [
    path("", unusual_views.unusual, name="desk"),
    path("look/", unusual_views.look_through, name="look"),
    path("<int:pk>/", unusual_views.card, name="card"),
    path("<int:pk>/hand/", unusual_views.hand, name="hand"),
    path("<int:pk>/reopen/", unusual_views.reopen, name="reopen"),
]
