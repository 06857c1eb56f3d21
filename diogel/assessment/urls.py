"""Addresses of the assessment, below `desk/themes/`."""

from django.urls import path

from . import views

app_name = "assessment"
urlpatterns = [
    path("", views.themes, name="themes"),
    path("assessment/new/", views.new_assessment, name="new_assessment"),
    path("assessment/<int:pk>/correct/", views.edit_assessment, name="edit_assessment"),
    path("assessment/<int:pk>/withdraw/", views.withdraw_assessment, name="withdraw_assessment"),
    path("assessment/<int:pk>/theme/new/", views.new_theme, name="new_theme"),
    path("evidence/new/", views.new_evidence, name="new_evidence"),
    path("evidence/<int:pk>/correct/", views.edit_evidence, name="edit_evidence"),
    path("evidence/<int:pk>/withdraw/", views.withdraw_evidence, name="withdraw_evidence"),
    path("duty/new/", views.new_duty, name="new_duty"),
    path("duty/<int:pk>/correct/", views.edit_duty, name="edit_duty"),
    path("duty/<int:pk>/withdraw/", views.withdraw_duty, name="withdraw_duty"),
    path("score/<int:pk>/correct/", views.edit_score, name="edit_score"),
    path("score/<int:pk>/withdraw/", views.withdraw_score, name="withdraw_score"),
    path("<slug:code>/", views.theme, name="theme"),
    path("<slug:code>/correct/", views.edit_theme, name="edit_theme"),
    path("<slug:code>/withdraw/", views.withdraw_theme, name="withdraw_theme"),
    path("<slug:code>/score/", views.new_score, name="new_score"),
]
