"""Addresses of the public form."""

from django.urls import path

from . import public

app_name = "report_tension"
urlpatterns = [
    path("", public.tell, name="form"),
    path("thanks/<str:token>/", public.thanks, name="thanks"),
]
