"""Addresses behind a signed link, below `answer/`."""

from django.urls import path

from . import link_pages

app_name = "answers"
urlpatterns = [
    path("<str:token>/", link_pages.every, name="all"),
    path("<str:token>/<int:number>/", link_pages.one, name="one"),
    path("<str:token>/<int:number>/check/", link_pages.check, name="check"),
    path("<str:token>/<int:number>/pass/", link_pages.pass_it, name="pass"),
]
