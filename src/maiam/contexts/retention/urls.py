from django.urls import path

from maiam.contexts.retention import views

app_name = "retention"

urlpatterns = [
    path("", views.table, name="table"),
    path("thoi-han/<slug:code>/", views.set_period, name="set_period"),
    path("<uuid:preview_id>/", views.preview, name="preview"),
    path("<uuid:preview_id>/de-nghi/", views.propose, name="propose"),
    path("<uuid:preview_id>/tra-loi/", views.decide, name="decide"),
]
