"""Addresses of the places, below `desk/places/`."""

from django.urls import path

from . import places_views

app_name = "places"
urlpatterns = [
    path("", places_views.places, name="places"),
    path("add/", places_views.new_place, name="new"),
    path("<int:pk>/correct/", places_views.edit_place, name="correct"),
    path("<int:pk>/withdraw/", places_views.withdraw_place, name="withdraw"),
]
