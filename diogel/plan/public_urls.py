"""Public addresses of consultations."""

from django.urls import path

from . import public

app_name = "consultation"
urlpatterns = [
    path("", public.consultations, name="all"),
    path("<int:pk>/", public.comment, name="form"),
    path("<int:pk>/thanks/<str:token>/", public.thanks, name="thanks"),
    path("<int:pk>/answers/", public.told, name="told"),
]
