"""The public's page about their own data; its address says nothing of what else this house does."""

from django.urls import path

from maiam.contexts.rights import views_public as views

app_name = "rights_public"

urlpatterns = [path("", views.explained, name="explained")]
