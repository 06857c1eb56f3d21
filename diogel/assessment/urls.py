"""Addresses of the assessment, below `desk/themes/`."""

from django.urls import path

from . import views, views_scoring, views_year

app_name = "assessment"
YEAR = "assessment/<int:pk>/"
urlpatterns = [
    path("", views.themes, name="themes"),
    path("assessment/new/", views.new_assessment, name="new_assessment"),
    path(YEAR, views_year.year, name="year"),
    path(f"{YEAR}correct/", views.edit_assessment, name="edit_assessment"),
    path(f"{YEAR}withdraw/", views.withdraw_assessment, name="withdraw_assessment"),
    path(f"{YEAR}move/<slug:to_status>/", views_year.move_to, name="move"),
    path(f"{YEAR}section/<slug:about>/", views_year.section, name="section"),
    path(f"{YEAR}section/<slug:about>/correct/", views_year.edit_section, name="edit_section"),
    path(f"{YEAR}request/new/", views_year.new_request, name="new_request"),
    path(f"{YEAR}method/", views_scoring.methods, name="methods"),
    path(f"{YEAR}scorers/", views_scoring.scorers, name="scorers"),
    path(f"{YEAR}scorers/new/", views_scoring.new_scorer, name="new_scorer"),
    path(f"{YEAR}theme/new/", views.new_theme, name="new_theme"),
    path(f"{YEAR}theme/<slug:code>/", views.year_theme, name="year_theme"),
    path(f"{YEAR}theme/<slug:code>/correct/", views.edit_year_theme, name="edit_year_theme"),
    path(f"{YEAR}theme/<slug:code>/withdraw/", views.withdraw_year_theme, name="withdraw_year_theme"),
    path(f"{YEAR}theme/<slug:code>/score/", views_scoring.score, name="score"),
    path(f"{YEAR}theme/<slug:code>/scores/", views_scoring.agreeing, name="agreeing"),
    path(f"{YEAR}theme/<slug:code>/agree/", views_scoring.agree, name="agree"),
    path(f"{YEAR}theme/<slug:code>/dissent/", views_scoring.new_dissent, name="new_dissent"),
    path("request/<int:pk>/correct/", views_year.edit_request, name="edit_request"),
    path("request/<int:pk>/withdraw/", views_year.withdraw_request, name="withdraw_request"),
    path("scorer/<int:pk>/withdraw/", views_scoring.withdraw_scorer, name="withdraw_scorer"),
    path("dissent/<int:pk>/correct/", views_scoring.edit_dissent, name="edit_dissent"),
    path("dissent/<int:pk>/withdraw/", views_scoring.withdraw_dissent, name="withdraw_dissent"),
    path("method/<int:pk>/", views_scoring.method, name="method"),
    path("method/<int:pk>/correct/", views_scoring.edit_method, name="edit_method"),
    path("method/<int:pk>/withdraw/", views_scoring.withdraw_method, name="withdraw_method"),
    path("method/<int:pk>/copy/", views_scoring.copy_method, name="copy_method"),
    path("method/<int:pk>/factor/<slug:factor>/", views_scoring.edit_factor, name="edit_factor"),
    path("evidence/new/", views.new_evidence, name="new_evidence"),
    path("evidence/<int:pk>/correct/", views.edit_evidence, name="edit_evidence"),
    path("evidence/<int:pk>/withdraw/", views.withdraw_evidence, name="withdraw_evidence"),
    path("duty/new/", views.new_duty, name="new_duty"),
    path("duty/<int:pk>/correct/", views.edit_duty, name="edit_duty"),
    path("duty/<int:pk>/withdraw/", views.withdraw_duty, name="withdraw_duty"),
    path("<slug:code>/", views.theme, name="theme"),
    path("<slug:code>/correct/", views.edit_theme, name="edit_theme"),
    path("<slug:code>/withdraw/", views.withdraw_theme, name="withdraw_theme"),
]
