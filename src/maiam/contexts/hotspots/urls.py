from django.urls import path

from maiam.contexts.hotspots import views

app_name = "hotspots"

urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("canh-bao/<uuid:alert_id>/", views.alert, name="alert"),
    path("canh-bao/<uuid:alert_id>/ket-luan/", views.judge, name="judge"),
    path("su-kien/", views.note_event, name="note_event"),
    path("ban-do/", views.province_map, name="map"),
    path("ban-do.json", views.map_shapes, name="map_shapes"),
    path("ho-gia-dinh/", views.homes, name="homes"),
    path("ho-gia-dinh/<uuid:home_id>/da-den/", views.visit, name="visit"),
    path("ho-so/", views.files, name="files"),
    path("ho-so/mo/", views.open_file, name="open_file"),
    path("ho-so/<uuid:file_id>/", views.file, name="file"),
    path("ho-so/<uuid:file_id>/viec/", views.add_action, name="add_action"),
    path("viec/<uuid:action_id>/xong/", views.finish_action, name="finish_action"),
    path("ho-so/<uuid:file_id>/xem-lai/", views.review, name="review"),
    path("ho-so/<uuid:file_id>/ket-thuc/", views.close_file, name="close_file"),
    path("lan-chay/", views.runs, name="runs"),
    path("lan-chay/chay/", views.ask_run, name="ask_run"),
    path("lan-chay/<uuid:run_id>/", views.run, name="run"),
    path("lan-chay/<uuid:run_id>/tinh-lai/", views.replay, name="replay"),
    path("danh-gia/", views.evaluation, name="evaluation"),
    path("nguong/", views.thresholds, name="thresholds"),
]
