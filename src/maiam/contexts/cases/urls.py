from typing import Any

from django.urls import path, register_converter

from maiam.contexts.cases.rules.papers import FileFormat, FormKind
from maiam.contexts.cases.views import cases, deciding, incidents, measures, moves, papers, register, secrecy

app_name = "cases"


class FileFormatConverter:
    regex = "|".join(FileFormat)

    def to_python(self, value: str) -> FileFormat:
        return FileFormat(value)

    def to_url(self, value: Any) -> str:
        return FileFormat(value).value


class FormKindConverter:
    """Forms by their number in Decree 76."""

    _numbers = {"mau-09": FormKind.CONTACT_NOTICE, "mau-10": FormKind.CANCELLATION_REQUEST}
    regex = "|".join(_numbers)

    def to_python(self, value: str) -> FormKind:
        return self._numbers[value]

    def to_url(self, value: Any) -> str:
        """Raise `ValueError`, which the resolver takes for "no such address"."""
        for number, kind in self._numbers.items():
            if value in {kind, number}:
                return number
        raise ValueError(f"{value} is no form to fill.")


register_converter(FileFormatConverter, "file_format")
register_converter(FormKindConverter, "form_kind")

urlpatterns = [
    path("", cases.case_list, name="list"),
    path("mo-khan-cap/", secrecy.break_glass, name="break_glass"),
    path("mo-khan-cap/dong/", secrecy.shut_glass, name="shut_glass"),
    path("mo-khan-cap/<uuid:glass_id>/", secrecy.glass, name="glass"),
    path("niem/", secrecy.seal_by_code, name="seal_by_code"),
    path("<uuid:case_id>/niem/", secrecy.seal, name="seal"),
    path("tu-tin-bao/<uuid:report_id>/", incidents.of_report, name="of_report"),
    path("tu-tin-bao/<uuid:report_id>/mo/", incidents.open_from_report, name="open_from_report"),
    path("tu-tin-bao/<uuid:report_id>/mo/nguoi/", incidents.choose_people, name="choose_people"),
    path("tu-tin-bao/<uuid:report_id>/su-viec-da-biet/", incidents.join_incident, name="join_incident"),
    path("su-viec/<uuid:incident_id>/", incidents.of_incident, name="of_incident"),
    path("cam-tiep-xuc/", measures.no_contact_list, name="no_contact_list"),
    path("cam-tiep-xuc/<uuid:measure_id>/", measures.no_contact, name="no_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/quyet-dinh/", deciding.decide_no_contact, name="decide_no_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/tra-loi/", deciding.refuse_no_contact, name="refuse_no_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/giao/<uuid:document_id>/", measures.serve_no_contact, name="serve_no_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/giam-sat/", measures.assign_supervisors, name="assign_supervisors"),
    path("cam-tiep-xuc/<uuid:measure_id>/giam-sat/gap/", measures.record_meeting, name="record_meeting"),
    path("cam-tiep-xuc/<uuid:measure_id>/tiep-xuc/", measures.permit_contact, name="permit_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/vi-pham/", measures.record_breach, name="record_breach"),
    path("cam-tiep-xuc/<uuid:measure_id>/huy-bo/de-nghi/", measures.request_cancellation, name="request_cancellation"),
    path("cam-tiep-xuc/<uuid:measure_id>/huy-bo/", deciding.cancel_no_contact, name="cancel_no_contact"),
    path("cam-tiep-xuc/<uuid:measure_id>/huy-bo/tra-loi/", deciding.decline_cancellation, name="decline_cancellation"),
    path("cam-tiep-xuc/<uuid:measure_id>/<form_kind:kind>.<file_format:file_format>", papers.form_to_fill, name="form"),
    path("van-ban/<uuid:document_id>.<file_format:file_format>", papers.document, name="document"),
    path("van-ban/so/", register.register, name="register"),
    path("chuyen/<uuid:move_id>/", moves.move, name="move"),
    path("<uuid:case_id>/chuyen/", moves.ask_move, name="ask_move"),
    path("<uuid:case_id>/", cases.detail, name="detail"),
    path("<uuid:case_id>/su-viec/<uuid:incident_id>/kiem-tra/", incidents.verify_incident, name="verify_incident"),
    path("<uuid:case_id>/cam-tiep-xuc/de-nghi/", measures.request_no_contact, name="request_no_contact"),
    path("<uuid:case_id>/cam-tiep-xuc/de-doa-tinh-mang/", deciding.order_on_life_threat, name="order_on_life_threat"),
]
