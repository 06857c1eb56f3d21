"""Addresses of the rounds, below `desk/rounds/`."""

from django.urls import path

from . import views, views_carrying, views_request

app_name = "rounds"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("new/", views.prepare, name="prepare"),
    path("carried/", views_carrying.carried, name="carried"),
    path("carried/take-over/", views_carrying.take_over, name="take_over"),
    path("carried/<int:pk>/", views_carrying.carry_one, name="carry"),
    path("<int:pk>/", views.one_round, name="round"),
    path("<int:pk>/clock/", views.clock, name="clock"),
    path("<int:pk>/throw-away/", views.throw_away, name="throw_away"),
    path("<int:pk>/open/", views.open_it, name="open"),
    path("<int:pk>/chase/", views.chase_late, name="chase"),
    path("<int:pk>/accept/", views.accept_all, name="accept"),
    path("<int:pk>/close/", views.close_it, name="close"),
    path("request/<int:pk>/", views_request.asked, name="request"),
    path("request/<int:pk>/telephone/", views_request.telephone, name="telephone"),
    path("request/<int:pk>/link/", views_request.link, name="link"),
    path("request/<int:pk>/settle/", views_request.settle, name="settle"),
    path("evidence/<int:pk>/", views_request.evidence_file, name="evidence"),
]
