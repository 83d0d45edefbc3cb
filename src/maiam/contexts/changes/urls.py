from django.urls import path

from maiam.contexts.changes import views

app_name = "changes"

urlpatterns = [
    path("", views.change_list, name="list"),
    path("nguoi/<uuid:person_id>/", views.ask, name="ask"),
    path("nguoi/<uuid:person_id>/<str:kind>/", views.ask_kind, name="ask_kind"),
    path("ho/<uuid:household_id>/them-nguoi/", views.ask_new_member, name="ask_new_member"),
    path("<uuid:request_id>/", views.detail, name="detail"),
    path("<uuid:request_id>/quyet-dinh/", views.decide, name="decide"),
    path("<uuid:request_id>/hoi-lai/", views.ask_back, name="ask_back"),
    path("<uuid:request_id>/tra-loi/", views.answer, name="answer"),
    path("<uuid:request_id>/rut-lai/", views.withdraw, name="withdraw"),
]
