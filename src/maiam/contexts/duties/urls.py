from django.urls import path

from maiam.contexts.duties import views

app_name = "duties"

urlpatterns = [
    path("", views.today, name="today"),
    path("ca-xa/", views.whole_place, name="whole_place"),
    path("mien/", views.excuses, name="excuses"),
    path("mien/<uuid:excuse_id>/", views.decide_excuse, name="decide_excuse"),
    path("<uuid:obligation_id>/xin-mien/", views.ask_excuse, name="ask_excuse"),
    path("<uuid:obligation_id>/cap-tren/", views.above, name="above"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.read_notices, name="read_notices"),
]
