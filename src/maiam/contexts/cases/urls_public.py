"""Whoever holds a paper asks here whether it is ours; the address says nothing of what papers those are."""

from django.urls import path

from maiam.contexts.cases import views_public as views

app_name = "papers_public"

urlpatterns = [path("", views.ask, name="ask"), path("<slug:code>/", views.check, name="check")]
