"""Addresses of the plan, below `desk/plan/`."""

from django.urls import path

from . import kinds, views, views_calendar, views_check, views_consulting, views_life, views_money, views_proof, views_sources, views_wheel

app_name = "plan"
urlpatterns = [
    path("", views.current, name="current"),
    path("new/", views.new_plan, name="new_plan"),
    path("calendar/", views_calendar.calendar_link, name="calendar_link"),
    path("<slug:code>/", views.whole, name="plan"),
    path("<slug:code>/priorities/", views.priorities, name="priorities"),
    path("<slug:code>/outcomes/", views.outcomes, name="outcomes"),
    path("<slug:code>/sources/", views_sources.sources, name="sources"),
    path("<slug:code>/tracker.xlsx", views.tracker, name="tracker"),
    path("<slug:code>/year/", views_wheel.wheel, name="wheel"),
    path("<slug:code>/check/", views_check.check, name="check"),
    path("<slug:code>/check/<slug:rule>/<slug:subject>/", views_life.accept, name="accept"),
    path("<slug:code>/life/", views_life.life, name="life"),
    path("<slug:code>/life/keep/", views_life.keep_now, name="keep"),
    path("<slug:code>/life/compare/", views_life.compare, name="compare"),
    path("<slug:code>/life/<slug:to_status>/", views_life.move, name="move"),
    path("<slug:code>/money/", views_money.money, name="money"),
    path("<slug:code>/duties/", views_proof.duties, name="duties"),
    path("<slug:code>/weighed/", views_proof.weighed, name="weighed"),
    path("<slug:code>/services/", views_proof.ventures, name="ventures"),
    path("<slug:code>/region/", views_proof.regional, name="regional"),
    path("<slug:code>/consultations/", views_consulting.consultations, name="consultations"),
    path("<slug:code>/consultations/<int:pk>/", views_consulting.consultation, name="consultation"),
    path("<slug:code>/consultations/<int:pk>/comment/", views_consulting.comment, name="comment"),
    path("<slug:code>/consultations/<int:pk>/erase/", views_consulting.erase_all, name="erase_all"),
    path("<slug:code>/comments/<int:pk>/answer/", views_consulting.answer, name="answer"),
    path("<slug:code>/comments/<int:pk>/erase/", views_consulting.erase_comment, name="erase_comment"),
    path("<slug:code>/correct/", views.edit_plan, name="edit_plan"),
    path("<slug:code>/withdraw/", views.withdraw_plan, name="withdraw_plan"),
    path("<slug:code>/<slug:kind>/add/", kinds.add, name="add"),
    path("<slug:code>/priority/<slug:which>/", views.priority, name="priority"),
    path("<slug:code>/action/new/", views.new_action, name="new_action"),
    path("<slug:code>/action/<int:number>/", views.action, name="action"),
    path("<slug:code>/action/<int:number>/correct/", views.edit_action, name="edit_action"),
    path("<slug:code>/action/<int:number>/update/<str:quarter>/", views.update, name="update"),
    path("<slug:code>/<slug:kind>/<int:pk>/correct/", kinds.correct, name="correct"),
    path("<slug:code>/<slug:kind>/<int:pk>/withdraw/", kinds.withdraw, name="withdraw"),
]
