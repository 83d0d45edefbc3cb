from django.urls import path

from maiam.contexts.alarms import views

app_name = "alarms"

urlpatterns = [
    path("<uuid:report_id>/", views.of_report, name="of_report"),
    path("<uuid:report_id>/gac-lai/<slug:key>/", views.set_aside, name="set_aside"),
]
