from django.urls import path

from maiam.contexts.disclosures import views

app_name = "disclosures"

urlpatterns = [
    path("vu-viec/<uuid:case_id>/", views.of_case, name="of_case"),
    path("<uuid:file_id>/", views.detail, name="detail"),
    path("<uuid:file_id>/ky/", views.answer, name="answer"),
    path("<uuid:file_id>.<file_format:file_format>", views.paper, name="paper"),
]
