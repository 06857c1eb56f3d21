"""Addresses of the letters, below `desk/outbox/`."""

from django.urls import path

from . import views

app_name = "post"
urlpatterns = [
    path("", views.letters, name="letters"),
    path("send/", views.send_waiting, name="send_waiting"),
    path("<int:pk>/again/", views.send_again, name="send_again"),
]
