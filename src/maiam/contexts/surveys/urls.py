from django.urls import path

from maiam.contexts.surveys.views import collecting, questions, running

app_name = "surveys"

HOUSEHOLD = "thon/<uuid:assignment_id>/ho/<uuid:household_id>"

urlpatterns = [
    path("", collecting.index, name="list"),
    path("thon/<uuid:assignment_id>/", collecting.assignment, name="assignment"),
    path("thon/<uuid:assignment_id>/tra-lai/", collecting.give_back, name="give_back"),
    path(f"{HOUSEHOLD}/", collecting.household, name="household"),
    path(f"{HOUSEHOLD}/gui/", collecting.send, name="send"),
    path(f"{HOUSEHOLD}/khong-doi/", collecting.unchanged, name="unchanged"),
    path(f"{HOUSEHOLD}/chua-gap/", collecting.not_met, name="not_met"),
    path(f"{HOUSEHOLD}/bo/", collecting.forget, name="forget"),
    path(f"{HOUSEHOLD}/trang/<str:key>/", collecting.page, name="page"),
    path(f"{HOUSEHOLD}/trang/<str:key>/xem-lai/", collecting.check, name="check"),
    path("dot/moi/", running.prepare, name="prepare"),
    path("dot/<uuid:round_id>/", running.round_page, name="round"),
    path("dot/<uuid:round_id>/bat-dau/", running.start, name="start"),
    path("dot/<uuid:round_id>/chon-mau/", running.draw, name="draw"),
    path("dot/<uuid:round_id>/ket-thuc/", running.close, name="close"),
    path("dot/<uuid:round_id>/giao/<uuid:assignment_id>/", running.assign, name="assign"),
    path("phuc-tra/<uuid:recheck_id>/", running.recheck, name="recheck"),
    path("phieu/<uuid:sheet_id>/", running.conflict, name="conflict"),
    path("bo-cau-hoi/", questions.questionnaires, name="questionnaires"),
    path("bo-cau-hoi/chung/", questions.publish_situation, name="publish_situation"),
    path("bo-cau-hoi/<uuid:version_id>/", questions.version, name="version"),
    path("bo-cau-hoi/<uuid:version_id>/phat-hanh/", questions.publish, name="publish"),
    path("bo-cau-hoi/<uuid:version_id>/tep/", questions.source, name="source"),
]
