"""Addresses of the figures, below `desk/figures/`."""

from django.urls import path

from . import views, views_context, views_crime

app_name = "indicators"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("crime/", views_crime.crime, name="crime"),
    path("context/", views_context.events, name="context"),
    path("context/new/", views_context.new_event, name="new_context"),
    path("context/<int:pk>/correct/", views_context.edit_event, name="edit_context"),
    path("context/<int:pk>/withdraw/", views_context.withdraw_event, name="withdraw_context"),
    path("survey/new/", views.new_wave, name="new_wave"),
    path("survey/<slug:code>/", views.wave, name="wave"),
    path("survey/<slug:code>/correct/", views.edit_wave, name="edit_wave"),
    path("survey/<slug:code>/withdraw/", views.withdraw_wave, name="withdraw_wave"),
    path("indicator/<int:pk>/correct/", views.edit_indicator, name="edit_indicator"),
    path("indicator/<int:pk>/withdraw/", views.withdraw_indicator, name="withdraw_indicator"),
    path("figure/<int:pk>/correct/", views.edit_observation, name="edit_observation"),
    path("figure/<int:pk>/withdraw/", views.withdraw_observation, name="withdraw_observation"),
    path("measure/new/", views.new_measure, name="new_measure"),
    path("measure/<str:code>/", views.measure, name="measure"),
    path("measure/<str:code>/correct/", views.edit_measure, name="edit_measure"),
    path("measure/<str:code>/withdraw/", views.withdraw_measure, name="withdraw_measure"),
    path("measure/<str:code>/indicator/new/", views.new_indicator, name="new_indicator"),
    path("measure/<str:code>/figure/new/", views.new_observation, name="new_observation"),
]
