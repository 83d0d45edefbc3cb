from django.urls import URLPattern, path

from maiam.contexts.contacts import views

app_name = "contacts"


def _of(where: str, name: str, kind: str) -> list[URLPattern]:
    """The same pages for whoever stands behind a case, and behind a report."""
    told = {"kind": kind}
    return [
        path(f"{where}/<uuid:record_id>/", views.person, told, name=name),
        path(f"{where}/<uuid:record_id>/loi-dan/", views.rule, told, name=f"{name}_rule"),
        path(f"{where}/<uuid:record_id>/bao/", views.tell, told, name=f"{name}_tell"),
        path(f"{where}/<uuid:record_id>/goi/", views.call, told, name=f"{name}_call"),
    ]


urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("viec/<uuid:message_id>/", views.message, name="message"),
    *_of("vu-viec", "of_case", "cases.case"),
    *_of("tin-bao", "of_report", "reports.report"),
]
