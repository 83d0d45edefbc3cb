"""The public's addresses say nothing of what they are for."""

from django.urls import path

from maiam.contexts.reports import views_public as views
from maiam.platform.ui.views import month_calendar

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("gui/", views.report, name="report"),
    path("ma/", views.follow, name="follow"),
    path("so/", views.numbers, name="numbers"),
    path("lich/", month_calendar, name="exit"),
]
