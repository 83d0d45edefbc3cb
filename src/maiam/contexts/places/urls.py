from django.urls import path

from maiam.contexts.places import views

app_name = "places"

urlpatterns = [
    path("tim/", views.search, name="search"),
    path("thon/", views.villages, name="villages"),
    path("<int:unit_id>/", views.unit, name="unit"),
]
