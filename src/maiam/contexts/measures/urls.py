from django.urls import path

from maiam.contexts.measures.views import asking, papers, reading, steps

app_name = "measures"

urlpatterns = [
    path("cho-quyet-dinh/", reading.waiting, name="waiting"),
    path("ho-so/", reading.files, name="files"),
    path("ho-so/<uuid:file_id>/", reading.file, name="file"),
    path("vu-viec/<uuid:case_id>/", reading.of_case, name="of_case"),
    path("vu-viec/<uuid:case_id>/dong-thoi-gian/", reading.timeline, name="timeline"),
    path("vu-viec/<uuid:case_id>/bao-ve-tre-em/", asking.name_protector, name="name_protector"),
    path("vu-viec/<uuid:case_id>/ghi/<slug:kind>/", asking.ask, name="ask"),
    path("van-ban/<uuid:paper_id>/giao/", papers.deliver, name="deliver_paper"),
    path("van-ban/<uuid:paper_id>/<slug:file_format>/", papers.issued, name="paper"),
    path("<uuid:measure_id>/van-ban/<slug:template>/", papers.issue, name="issue_paper"),
    path("<uuid:measure_id>/mau/<slug:template>/<slug:file_format>/", papers.to_fill, name="paper_to_fill"),
    path("<uuid:measure_id>/", reading.detail, name="detail"),
    path("<uuid:measure_id>/noi-tam-lanh/", reading.refuge, name="refuge"),
    path("<uuid:measure_id>/quyet-dinh/", steps.decide, name="decide"),
    path("<uuid:measure_id>/tra-loi/", steps.refuse, name="refuse"),
    path("<uuid:measure_id>/giao/", steps.serve, name="serve"),
    path("<uuid:measure_id>/bat-dau/", steps.begin, name="begin"),
    path("<uuid:measure_id>/dien-ra/", steps.record_event, name="record_event"),
    path("<uuid:measure_id>/ket-thuc/", steps.end, name="end"),
    path("<uuid:measure_id>/huy-bo/", steps.cancel, name="cancel"),
]
