"""Addresses of the people room: numbers and codes, never a name."""

from django.urls import path

from . import views, views_bodies, views_people

app_name = "people"
urlpatterns = [
    path("", views.groups, name="groups"),
    path("partnership/", views.partnership_edit, name="partnership"),
    path("groups/add/", views.group_add, name="group_add"),
    path("groups/<int:pk>/", views.group, name="group"),
    path("groups/<int:pk>/edit/", views.group_edit, name="group_edit"),
    path("groups/<int:pk>/withdraw/", views.group_withdraw, name="group_withdraw"),
    path("groups/<int:pk>/documents/add/", views.document_add, name="document_add"),
    path("groups/<int:pk>/documents/<int:document>/", views.document_edit, name="document_edit"),
    path("groups/<int:pk>/documents/<int:document>/remove/", views.document_remove, name="document_remove"),
    path("groups/<int:pk>/seats/", views_people.seats, name="seats"),
    path("bodies/", views_bodies.bodies, name="bodies"),
    path("bodies/add/", views_bodies.body_add, name="body_add"),
    path("bodies/join/", views_bodies.body_join, name="body_join"),
    path("bodies/<int:pk>/", views_bodies.body_edit, name="body_edit"),
    path("bodies/<int:pk>/standing/", views_bodies.standing_edit, name="standing_edit"),
    path("who/", views_people.who, name="who"),
    path("who/add/", views_people.person_add, name="person_add"),
    path("who/<int:pk>/", views_people.person, name="person"),
    path("who/<int:pk>/edit/", views_people.person_edit, name="person_edit"),
    path("who/<int:pk>/roles/add/", views_people.role_add, name="role_add"),
    path("who/<int:pk>/roles/<int:holding>/end/", views_people.role_end, name="role_end"),
    path("who/<int:pk>/contacts/", views_people.contacts, name="contacts"),
    path("who/<int:pk>/account/", views_people.account, name="account"),
]
