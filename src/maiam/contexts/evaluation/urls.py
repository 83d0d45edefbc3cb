from django.urls import path

from maiam.contexts.evaluation import views

app_name = "evaluation"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("ban-do.json", views.overview_map, name="overview_map"),
]
