"""What the papers say, what they never say, and how they are numbered."""

from datetime import timedelta

import pytest

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.models import NumberRegister, OfficialDocument
from maiam.contexts.cases.rules.papers import DocumentKind, FormKind
from maiam.contexts.cases.services import FactsMissingError, Order
from maiam.core.papers import render_docx
from maiam.core.papers.content import digest, read_content
from maiam.platform.access import acting


@pytest.fixture
def paper(ordered):
    return OfficialDocument.objects.get(no_contact=ordered, kind=DocumentKind.ORDER)


def test_the_order_says_who_until_when_and_why(paper):
    for words in (
        "Y Blô Êban, sinh năm 1986",
        "H'Lan Niê, sinh năm 1990",
        "09 giờ 00 phút ngày 23 tháng 11 năm 2026",
        "09 giờ 00 phút ngày 26 tháng 11 năm 2026",
        "Đã đánh và dọa đánh tiếp",
        "H' Hoa Niê",
        "xã Đắk Mil",
    ):
        assert words in paper.content


def test_the_order_never_says_who_asked_what_was_told_or_where_she_stays(paper, requested):
    """The two villages are the same here, so the village stands in the perpetrator's residence alone."""
    content = paper.content.replace(requested.perpetrator_residence, "")

    for secret in ("Bon Bu Đăk", "gậy", "sẽ quay lại", "sau trường học", "người báo"):
        assert secret not in content


def test_the_register_numbers_without_gap_and_a_missing_fact_takes_no_number(
    lan, chairwoman, ordered, case, request_, order, now
):
    later = now + timedelta(days=1)
    with acting(lan):
        again = services.request_no_contact(
            actor=lan, case_id=case.id, request=request_(asked_at=later, perpetrator_residence=""), now=later
        )
    with pytest.raises(FactsMissingError, match="nơi cư trú"), acting(chairwoman):
        services.decide_no_contact(
            actor=chairwoman,
            measure_id=again.id,
            order=Order(later + timedelta(days=1), "Tiếp tục đe dọa", ""),
            now=later,
        )
    with acting(chairwoman):
        services.decide_no_contact(actor=chairwoman, measure_id=again.id, order=order(days=3), now=later)

    numbers = OfficialDocument.objects.filter(symbol="QĐ-UBND").order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert NumberRegister.objects.get(series="QĐ-UBND").last_number == 2


def test_a_new_year_begins_at_one(lan, chairwoman, ordered, case, request_, order, now):
    new_year = now.replace(year=2026, month=12, day=31, hour=17)  # 00:00 on 1 January 2027 in Vietnam
    with acting(lan):
        again = services.request_no_contact(
            actor=lan, case_id=case.id, request=request_(asked_at=new_year), now=new_year
        )
    with acting(chairwoman):
        services.decide_no_contact(
            actor=chairwoman,
            measure_id=again.id,
            order=Order(new_year + timedelta(days=1), "Đe dọa", "Xã Đắk Mil"),
            now=new_year,
        )

    issued = OfficialDocument.objects.get(no_contact=again)
    assert (issued.year, issued.number) == (2027, 1)


def test_what_is_kept_is_what_is_printed_and_its_digest_proves_it(lan, paper, now):
    with acting(lan):
        opened = queries.document(lan, paper.id, now)

    assert digest(paper.content) == paper.content_sha256
    assert opened.paper == read_content(paper.content)
    assert render_docx(opened.paper) == render_docx(opened.paper)
    assert opened.file_name == "01-QĐ-UBND-2026"


def test_the_content_is_sealed(paper):
    assert "Y Blô".encode() not in bytes(paper.content_sealed)


def test_an_issued_paper_is_never_changed(paper):
    with pytest.raises(Exception, match="keeps every row"):
        OfficialDocument.objects.filter(id=paper.id).update(number=99)


def test_form_10_is_handed_out_begun(lan, ordered, now):
    with acting(lan):
        opened = queries.form_to_fill(lan, ordered.id, FormKind.CANCELLATION_REQUEST, now)

    assert "H'Lan Niê" in str(opened.paper)


def test_form_09_waits_for_a_supervisor(lan, ordered, now):
    with pytest.raises(queries.NoSupervisorError), acting(lan):
        queries.form_to_fill(lan, ordered.id, FormKind.CONTACT_NOTICE, now)
