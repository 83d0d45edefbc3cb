from django.urls import path

from maiam.contexts.places.views import finding, keeping

app_name = "places"

urlpatterns = [
    path("tim/", finding.search, name="search"),
    path("thon/", finding.villages, name="villages"),
    path("<int:unit_id>/", finding.unit, name="unit"),
    path("cua-xa/", keeping.own_villages, name="own_villages"),
    path("cua-xa/them/", keeping.add_village, name="add_village"),
    path("cua-xa/<int:village_id>/ten/", keeping.rename_village, name="rename_village"),
    path("cua-xa/<int:village_id>/nhap/", keeping.merge_village, name="merge_village"),
    path("cua-xa/<int:village_id>/ket-thuc/", keeping.end_village, name="end_village"),
]
