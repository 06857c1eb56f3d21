"""The address of the comparison of areas, below `desk/compare/`."""

from django.urls import path

from . import views_compare

app_name = "compare"
urlpatterns = [path("", views_compare.areas, name="areas")]
