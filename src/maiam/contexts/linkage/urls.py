from django.urls import path

from maiam.contexts.linkage import views

app_name = "linkage"

urlpatterns = [
    path("", views.pair_list, name="list"),
    path("<uuid:pair_id>/", views.pair, name="pair"),
    path("<uuid:pair_id>/khac-nguoi/", views.tell_apart, name="tell_apart"),
    path("<uuid:pair_id>/de-sau/", views.put_off, name="put_off"),
    path("<uuid:pair_id>/tach-lai/", views.undo, name="undo"),
]
