"""Addresses of what goes in and out of Word and Excel, below `desk/exchange/`."""

from django.urls import path

from . import views

app_name = "exchange"
urlpatterns = [
    path("", views.intakes, name="intakes"),
    path("<int:pk>/", views.intake, name="intake"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/left.xlsx", views.left, name="left"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/throw/", views.throw, name="throw"),
]
