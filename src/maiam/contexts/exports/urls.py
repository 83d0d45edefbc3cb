from django.urls import path

from maiam.contexts.exports import views

app_name = "exports"

urlpatterns = [
    path("", views.exports, name="list"),
    path("xin/", views.ask, name="ask"),
    path("<uuid:export_id>/", views.export, name="detail"),
    path("<uuid:export_id>/tra-loi/", views.decide, name="decide"),
    path("<uuid:export_id>/tai-ve/", views.fetch, name="fetch"),
]
