"""Public addresses, below the partnership's own; what carries a version stays for good."""

from django.urls import path

from . import views, views_data, views_papers, views_plan

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("who-we-are/", views.who, name="who"),
    path("who-we-are/v<int:version>/", views.who, name="who_version"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("how-we-count/", views.counting, name="counting"),
    path("plan/", views_plan.whole, name="plan"),
    path("plan/<slug:code>/v<int:version>/", views_plan.whole, name="plan_version"),
    path("plan/in-short/", views_plan.summary, name="summary"),
    path("plan/<slug:code>/v<int:version>/<str:name>", views_papers.plan_file, name="plan_file"),
    path("progress/", views_plan.progress, name="progress"),
    path("outcomes/", views_plan.outcomes, name="outcomes"),
    path("priority/<slug:code>/", views_plan.priority, name="priority"),
    path("action/<int:number>/", views_plan.action, name="action"),
    path("theme/<slug:code>/", views_plan.theme, name="theme"),
    path("better/", views_papers.better, name="better"),
    path("year/", views_papers.years, name="years"),
    path("year/<slug:key>/", views_papers.annual, name="annual"),
    path("year/<slug:key>/v<int:version>/", views_papers.annual, name="annual_version"),
    path("year/<slug:key>/v<int:version>/<str:name>", views_papers.annual_file, name="annual_file"),
    path("assessment/<slug:key>/", views_papers.assessment, name="assessment"),
    path("assessment/<slug:key>/v<int:version>/", views_papers.assessment, name="assessment_version"),
    path("assessment/<slug:key>/v<int:version>/<str:name>", views_papers.assessment_file, name="assessment_file"),
    path("quarter/", views_papers.quarters, name="quarters"),
    path("quarter/<slug:key>/", views_papers.quarter, name="quarter"),
    path("quarter/<slug:key>/v<int:version>/", views_papers.quarter, name="quarter_version"),
    path("quarter/<slug:key>/v<int:version>/<str:name>", views_papers.quarter_file, name="quarter_file"),
    path("certificate/<slug:kind>/<slug:key>/v<int:version>/", views_papers.certificate_page, name="certificate"),
    path("certificate/<slug:kind>/<slug:key>/v<int:version>/certificate.json", views_papers.certificate_json, name="certificate_json"),
    path("open-data/", views_data.open_data, name="open_data"),
    path("open-data/plan/<slug:code>/v<int:version>/plan.json", views_data.plan_json, name="plan_json"),
    path("open-data/plan/<slug:code>/v<int:version>/<slug:table>.csv", views_data.plan_csv, name="plan_csv"),
    path("open-data/year/<slug:key>/v<int:version>/year.json", views_data.annual_json, name="annual_json"),
    path("open-data/year/<slug:key>/v<int:version>/<slug:table>.csv", views_data.annual_csv, name="annual_csv"),
    path("open-data/assessment/<slug:key>/v<int:version>/assessment.json", views_data.assessment_json, name="assessment_json"),
    path("open-data/assessment/<slug:key>/v<int:version>/<slug:table>.csv", views_data.assessment_csv, name="assessment_csv"),
]
