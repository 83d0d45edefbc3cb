from django.urls import path

from maiam.contexts.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.table, name="table"),
    path("<slug:code>/excel/", views.sheet, name="sheet"),
]
