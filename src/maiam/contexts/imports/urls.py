from django.urls import path

from maiam.contexts.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.lists, name="list"),
    path("gui/", views.bring, name="bring"),
    path("<uuid:list_id>/", views.one_list, name="detail"),
    path("<uuid:list_id>/cot/", views.columns, name="columns"),
    path("<uuid:list_id>/tu/", views.words, name="words"),
    path("<uuid:list_id>/can-xem/", views.problems, name="problems"),
    path("<uuid:list_id>/ho/", views.homes, name="homes"),
    path("<uuid:list_id>/tra-loi/", views.answer, name="answer"),
    path("<uuid:list_id>/dua-vao-so/", views.take, name="take"),
    path("<uuid:list_id>/rut-lai/", views.undo, name="undo"),
    path("<uuid:list_id>/bo/", views.drop, name="drop"),
    path("<uuid:list_id>/tep-ghi-chu/", views.marked, name="marked"),
]
