"""Addresses of the words desk, below `desk/words/`."""

from django.urls import path

from . import words_views

app_name = "words"
urlpatterns = [
    path("", words_views.desk_of_words, name="desk"),
    path("<slug:kind>/<int:pk>/<slug:name>/", words_views.pair, name="pair"),
    path("<slug:kind>/<int:pk>/<slug:name>/undo/", words_views.undo, name="undo"),
]
