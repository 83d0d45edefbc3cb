from django.urls import path

from maiam.contexts.families import views

app_name = "families"

urlpatterns = [
    path("", views.search, name="search"),
    path("chon/", views.pick, name="pick"),
    path("nguoi/them/", views.add_person, name="add_person"),
    path("nguoi/<uuid:person_id>/", views.person, name="person"),
    path("nguoi/<uuid:person_id>/sua/", views.edit_person, name="edit_person"),
    path("nguoi/<uuid:person_id>/so-dinh-danh/", views.identity_number, name="identity_number"),
    path("nguoi/<uuid:person_id>/nguoi-than/", views.add_kin, name="add_kin"),
    path("nguoi/<uuid:person_id>/nguoi-than/<uuid:kinship_id>/thoi/", views.end_kin, name="end_kin"),
    path("viec/<uuid:event_id>/rut-lai/", views.revoke_event, name="revoke_event"),
    path("ho/them/", views.add_household, name="add_household"),
    path("ho/<uuid:household_id>/", views.household, name="household"),
    path("ho/<uuid:household_id>/them-nguoi/", views.add_member, name="add_member"),
    path("ho/<uuid:household_id>/ghi/<slug:slug>/", views.record_event, name="record_event"),
]
