"""Addresses of the hot spots, below `desk/hot-spots/`."""

from django.urls import path

from . import views_hot

app_name = "hot"
urlpatterns = [
    path("", views_hot.spots, name="spots"),
    path("outlines.json", views_hot.outlines, name="outlines"),
]
