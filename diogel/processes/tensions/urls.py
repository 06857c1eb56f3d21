"""Addresses of tension reports inside the desk."""

from django.urls import path

from . import views

app_name = "tensions"
urlpatterns = [
    path("", views.tensions, name="tensions"),
    path("add/", views.add, name="add"),
    path("sent/", views.sent, name="sent"),
    path("<int:pk>/", views.tension, name="tension"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/withdraw/", views.take_out, name="withdraw"),
    path("<int:pk>/step/<slug:to_status>/", views.step, name="step"),
    path("<int:pk>/reporter/", views.reporter, name="reporter"),
]
