"""Addresses of the words desk, below `desk/words/`."""

from django.urls import path

from . import words_file_views, words_views

app_name = "words"
urlpatterns = [
    path("", words_views.desk_of_words, name="desk"),
    path("file/", words_file_views.given, name="file"),
    path("file/words.xlf", words_file_views.fetch_words, {"form": "xlf"}, name="xliff"),
    path("file/words.xlsx", words_file_views.fetch_words, {"form": "xlsx"}, name="excel"),
    path("file/sent-back/", words_file_views.sent_back, name="sent_back"),
    path("file/keep/", words_file_views.keep, name="keep"),
    path("<slug:kind>/<int:pk>/<slug:name>/", words_views.pair, name="pair"),
    path("<slug:kind>/<int:pk>/<slug:name>/undo/", words_views.undo, name="undo"),
]
