"""Addresses of the golden thread, below `desk/thread/`."""

from django.urls import path

from . import thread_views

app_name = "thread"
urlpatterns = [
    path("", thread_views.themes, name="themes"),
    path("find/", thread_views.find, name="find"),
    path("from/<slug:kind>/<int:pk>/", thread_views.from_row, name="from_row"),
    path("<slug:code>/", thread_views.theme, name="theme"),
    path("<slug:code>/sheet.pdf", thread_views.sheet_file, name="sheet"),
]
