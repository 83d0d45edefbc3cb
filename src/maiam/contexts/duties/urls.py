from django.urls import path

from maiam.contexts.duties import views

app_name = "duties"

urlpatterns = [
    path("", views.today, name="today"),
    path("ca-xa/", views.whole_place, name="whole_place"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.read_notices, name="read_notices"),
]
