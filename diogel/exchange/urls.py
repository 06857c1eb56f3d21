"""Addresses of what goes in and out of Word and Excel, below `desk/exchange/`."""

from django.urls import path

from . import views, views_forms

app_name = "exchange"
urlpatterns = [
    path("", views.intakes, name="intakes"),
    path("plan/<slug:code>.docx", views.word, name="word"),
    path("<int:pk>/", views.intake, name="intake"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/left.xlsx", views.left, name="left"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/throw/", views.throw, name="throw"),
    path("forms/<slug:code>/", views_forms.forms, name="forms"),
    path("forms/<slug:code>/give/", views_forms.give_form, name="give_form"),
    path("returned/<int:pk>/", views_forms.returned, name="returned"),
]
