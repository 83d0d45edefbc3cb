from django.urls import path

from maiam.contexts.conflicts import views

app_name = "conflicts"

urlpatterns = [
    path("", views.watch, name="watch"),
    path("khai/ho-so/<uuid:record_id>/", views.declare_record, name="declare_record"),
    path("khai/nguoi/<uuid:person_id>/", views.declare_person, name="declare_person"),
    path("khai/can-bo/", views.declare_for, name="declare_for"),
    path("khai/<uuid:declared_id>/bo/", views.lift, name="lift"),
    path("niem/<uuid:seal_id>/bo/", views.lift_seal, name="lift_seal"),
    path("can-bo/<int:account_id>/", views.official, name="official"),
]
