from django.urls import path

from maiam.contexts.rights import views

app_name = "rights"

urlpatterns = [
    path("", views.request_list, name="list"),
    path("nguoi/<uuid:person_id>/", views.ask, name="ask"),
    path("<uuid:request_id>/", views.detail, name="detail"),
    path("<uuid:request_id>/tra-loi-dau/", views.answer_first, name="answer_first"),
    path("<uuid:request_id>/lam-xong/", views.finish, name="finish"),
    path("<uuid:request_id>/tu-choi/", views.refuse, name="refuse"),
    path("<uuid:request_id>/rut-lai/", views.take_back, name="take_back"),
    path("<uuid:request_id>/de-nghi-xoa/", views.propose, name="propose"),
    path("<uuid:request_id>/dong-y-xoa/", views.decide, name="decide"),
    path("<uuid:request_id>/ban-sao/", views.make_copy, name="make_copy"),
    path("ban-sao/<uuid:copy_id>/tai-ve/", views.fetch_copy, name="fetch_copy"),
    path("ban-sao/<uuid:copy_id>/in/", views.print_copy, name="print_copy"),
]
