from django.urls import path

from maiam.contexts.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.listing, name="list"),
    path("nhan/", views.take, name="take"),
    path("cuoc-goi/", views.call, name="call"),
    path("toi-nhan/", views.own, name="own"),
    path("chua-ro-noi/", views.unplaced, name="unplaced"),
    path("so-cai/", views.ledger, name="ledger"),
    path("<uuid:report_id>/", views.detail, name="detail"),
    path("<uuid:report_id>/nguoi-bao/", views.reporter, name="reporter"),
    path("<uuid:report_id>/anh/<uuid:attachment_id>/", views.picture, name="picture"),
    path("<uuid:report_id>/phan-loai/", views.triage, name="triage"),
    path("<uuid:report_id>/nguoi-thu-hai/", views.second, name="second"),
    path("<uuid:report_id>/lien-lac/", views.attempt, name="attempt"),
    path("<uuid:report_id>/hoi/", views.ask, name="ask"),
    path("<uuid:report_id>/tra-loi/", views.answer, name="answer"),
    path("<uuid:report_id>/chuyen-xa/", views.place, name="place"),
    path("<uuid:report_id>/tra-ve-tinh/", views.give_back, name="give_back"),
]
