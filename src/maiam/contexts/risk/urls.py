from django.urls import path

from maiam.contexts.risk import views

app_name = "risk"

urlpatterns = [
    path("hieu-chinh/", views.calibration, name="calibration"),
    path("<uuid:case_id>/", views.risk, name="case"),
    path("<uuid:case_id>/muc/", views.badge, name="badge"),
    path("<uuid:case_id>/danh-gia/", views.assess, name="assess"),
    path("<uuid:case_id>/nang-muc/", views.raise_level, name="raise"),
    path("<uuid:case_id>/ha-muc/<uuid:assessment_id>/", views.decide_lowering, name="decide_lowering"),
]
