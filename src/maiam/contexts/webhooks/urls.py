from django.urls import path

from maiam.contexts.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("", views.subscriptions, name="list"),
    path("them/", views.add, name="add"),
    path("<uuid:subscription_id>/", views.subscription, name="detail"),
    path("<uuid:subscription_id>/doi-khoa/", views.rotate, name="rotate"),
    path("<uuid:subscription_id>/tam-dung/", views.pause, name="pause"),
    path("<uuid:subscription_id>/gui-tiep/", views.resume, name="resume"),
    path("<uuid:subscription_id>/gui-thu/", views.send_test, name="send_test"),
    path("<uuid:subscription_id>/gui-lai/<uuid:delivery_id>/", views.send_again, name="send_again"),
]
