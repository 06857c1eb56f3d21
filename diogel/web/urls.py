"""Addresses: the language first, then the partnership; the desk below `desk/`, everything else is public."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from diogel.plan.views_calendar import year_file

from . import desk_views, disposal_views, erasing_views, views, withdrawn_views

desk: list[URLPattern | URLResolver] = [
    path("", desk_views.home, name="desk_home"),
    path("log/", desk_views.audit_log, name="audit_log"),
    path("withdrawn/", withdrawn_views.withdrawn_rows, name="withdrawn"),
    path("withdrawn/<slug:kind>/<int:pk>/", withdrawn_views.bring_back, name="bring_back"),
    path("log/sign-ins/", desk_views.sign_ins, name="sign_ins"),
    path("log/disposal/", disposal_views.disposal, name="disposal"),
    path("log/words/", erasing_views.erase_words, name="erase_words"),
    path("plan/", include("diogel.plan.urls")),
    path("exchange/", include("diogel.exchange.urls")),
    path("themes/", include("diogel.assessment.urls")),
    path("tensions/", include("diogel.processes.tensions.urls")),
    path("figures/", include("diogel.indicators.urls")),
    path("places/", include("diogel.indicators.places_urls")),
    path("hot-spots/", include("diogel.crime.urls_hot")),
    path("compare/", include("diogel.crime.urls_compare")),
    path("unusual/", include("diogel.indicators.unusual_urls")),
    path("papers/", include("diogel.publishing.urls")),
    path("outbox/", include("diogel.post.urls")),
    path("rounds/", include("diogel.rounds.urls")),
    path("words/", include("diogel.web.words_urls")),
    path("thread/", include("diogel.web.thread_urls")),
    path("people/", include("diogel.people.urls")),
]

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("robots.txt", views.robots),
    path("calendar/<str:token>.ics", year_file, name="calendar_file"),  # its owner's language, not the address's
    path("favicon.ico", RedirectView.as_view(url="/static/diogel/favicon.svg", permanent=True)),
    *i18n_patterns(
        path("", views.front, name="front"),
        path("sign-in/done/", views.after_sign_in, name="after_sign_in"),
        path("accounts/", include("diogel.web.account_urls")),
        path("<slug:slug>/desk/", include(desk)),
        path("<slug:slug>/answer/", include("diogel.rounds.link_urls")),
        path("<slug:slug>/report-a-tension/", include("diogel.processes.tensions.public_urls")),
        path("<slug:slug>/consultation/", include("diogel.plan.public_urls")),
        path("<slug:slug>/", include("diogel.public.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "diogel.web.views.bad_request"
handler403 = "diogel.web.views.forbidden"
handler404 = "diogel.web.views.not_found"
handler500 = "diogel.web.views.broken"
handler429 = "diogel.web.sign_in.too_many"
