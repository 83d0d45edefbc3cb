from django.urls import path

from maiam.platform.audit import views

app_name = "audit"

urlpatterns = [path("", views.trail, name="trail")]
