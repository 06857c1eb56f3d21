"""Addresses of the papers, below `desk/papers/`."""

from django.urls import path

from . import views

app_name = "publishing"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("version/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("version/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:kind>/<slug:key>/", views.thing, name="thing"),
    path("<slug:kind>/<slug:key>/publish/", views.publish_thing, name="publish"),
]
