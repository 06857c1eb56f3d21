"""Addresses of the papers, below `desk/papers/`."""

from django.urls import path

from . import answers_views, assessment_views, duties_views, language_views, quarter_views, views

app_name = "publishing"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("languages/", language_views.languages, name="languages"),
    path("languages/<slug:document>/", language_views.one_language, name="one_language"),
    path("languages/<slug:document>/both/", language_views.both_languages, name="both_languages"),
    path("version/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("version/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("quarter/<slug:key>/", quarter_views.quarter, name="quarter"),
    path("quarter/<slug:key>/build/", quarter_views.build, name="build_quarter"),
    path("quarter/<slug:key>/publish/", quarter_views.publish, name="publish_quarter"),
    path("quarter/<slug:key>/<slug:audience>/<str:name>", quarter_views.fetch_file, name="quarter_file"),
    path("annual/<slug:key>/draft/<str:name>", views.annual_draft, name="annual_draft"),
    path("assessment/<int:pk>/publish/", assessment_views.publish, name="publish_assessment"),
    path("assessment/<int:pk>/<slug:audience>/<slug:language>.<slug:form>", assessment_views.assessment_file, name="assessment_file"),
    path("consultation/<int:pk>/publish/", answers_views.publish, name="publish_answers"),
    path("duties/<slug:code>/<slug:language>.<slug:form>", duties_views.duties_file, name="duties_file"),
    path("<slug:kind>/<slug:key>/", views.thing, name="thing"),
    path("<slug:kind>/<slug:key>/publish/", views.publish_thing, name="publish"),
]
