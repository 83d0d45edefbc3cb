"""What the forms say, and what they refuse to print."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from maiam.core.law import no_contact
from maiam.core.papers import BY_HAND, MissingFactError, OfficialPaper
from maiam.core.papers.forms.facts import Capacity, Perpetrator, ProtectedPerson, Signer
from maiam.core.papers.forms.no_contact_decision import UnlawfulTermError, no_contact_decision
from maiam.core.papers.forms.no_contact_refusal import no_contact_refusal
from maiam.core.papers.forms.no_contact_request import no_contact_request
from maiam.core.papers.paper import Field, Fill, Line
from maiam.core.papers.tests.conftest import DAK_WIL, FORMS, SIGNED_AT

NEVER_MISSING = {"commune", "archive", "urgency", "check_url"}
BLANKS = [
    (form, field.name) for form, facts in FORMS.items() for field in fields(facts) if field.name not in NEVER_MISSING
]


@pytest.mark.parametrize(("form", "field"), BLANKS, ids=[f"{form.__name__}-{field}" for form, field in BLANKS])
def test_a_missing_fact_blocks_the_paper_and_is_named(form, field):
    empty = () if isinstance(getattr(FORMS[form], field), tuple) else None
    facts = replace(FORMS[form], **{field: empty})

    with pytest.raises(MissingFactError) as refusal:
        form(facts)

    assert refusal.value.field == field
    assert refusal.value.label in str(refusal.value)


def test_all_missing_facts_are_named_at_once():
    facts = replace(FORMS[no_contact_decision], number=None, reason="  ", perpetrator=Perpetrator(" ", None, ""))

    with pytest.raises(MissingFactError) as refusal:
        no_contact_decision(facts)

    assert [fact.field for fact in refusal.value.missing] == [
        "number",
        "perpetrator.name",
        "perpetrator.residence",
        "reason",
    ]


def test_a_refusal_with_nothing_but_blank_reasons_has_no_reasons():
    with pytest.raises(MissingFactError, match="lý do không ra quyết định"):
        no_contact_refusal(replace(FORMS[no_contact_refusal], reasons=("", "  ")))


def test_a_term_longer_than_the_law_allows_is_not_printed():
    one_second_too_long = SIGNED_AT + no_contact.TERM.duration + timedelta(seconds=1)

    with pytest.raises(UnlawfulTermError, match=no_contact.TERM.in_words):
        no_contact_decision(replace(FORMS[no_contact_decision], ends_at=one_second_too_long))


def test_the_decision_says_who_why_how_long_and_what_is_forbidden(decision):
    text = text_of(decision)

    for words in (
        "Điểu K'Rê̆, sinh năm 1985, nơi cư trú: bon Đắk R'Mưng",
        "H'Mưč Bŭôn Yă, sinh năm 1990",
        "điểm a khoản 1 Điều 25 Luật Phòng, chống bạo lực gia đình",
        "từ 14 giờ 05 phút ngày 03 tháng 02 năm 2026 đến 14 giờ 05 phút ngày 06 tháng 02 năm 2026",
        f"trong phạm vi {no_contact.DISTANCE_M} m mà không có tường ngăn hoặc vách ngăn",
        f"không quá {no_contact.CONTACT_MAX.in_words}",
        "có hiệu lực ngay sau khi ký ban hành",
    ):
        assert words in text


def test_the_decision_has_the_four_addressees_of_the_law_and_the_archive(decision):
    assert decision.recipients == (
        "Người có hành vi bạo lực gia đình;",
        "Người bị bạo lực gia đình;",
        "Trưởng Công an xã Đắk Wil;",
        "Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực gia đình;",
        "Lưu: VT, VHXH.",
    )


def test_papers_for_the_perpetrator_have_no_room_for_her_address():
    assert {field.name for field in fields(ProtectedPerson)} == {"name", "birth_year"}


def test_the_written_refusal_goes_to_the_requester_alone():
    paper = no_contact_refusal(FORMS[no_contact_refusal])

    assert paper.addressed_to == ("bà H'Mưč Bŭôn Yă",)
    assert paper.recipients == ("Như trên;", "Lưu: VT, VHXH.")


def test_a_body_that_asks_must_bring_her_consent_and_she_herself_need_not():
    by_a_body = no_contact_request(FORMS[no_contact_request])
    by_herself = no_contact_request(replace(FORMS[no_contact_request], role=no_contact.Requester.VICTIM))

    assert len(by_a_body.signatures) == 2
    assert len(by_herself.signatures) == 1


def test_a_deputy_signs_for_the_chairman():
    signature = Signer("Lê Văn Bình", Capacity.DEPUTY).sign_as("CHỦ TỊCH")

    assert signature.capacity == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_number_and_date_may_be_left_to_the_pen_when_said_so():
    facts = replace(FORMS[no_contact_decision], number=BY_HAND, issued_at=BY_HAND)

    paper = no_contact_decision(facts)

    assert paper.left_by_hand == ("số văn bản", "ngày, tháng, năm", "chữ ký (CHỦ TỊCH)", "dấu của cơ quan")


def test_a_numbered_ward_keeps_its_kind_on_the_date_line():
    ward = replace(DAK_WIL, kind="phường", name="1")

    assert ward.place == "Phường 1"


def test_no_paper_uses_the_word_of_the_old_law_or_blames(paper):
    text = text_of(paper).lower()

    assert not any(word in text for word in ("nạn nhân", "đương sự", "đối tượng", "kẻ "))


def text_of(paper: OfficialPaper) -> str:
    """The words of the body, without layout."""
    words = []
    for block, _ in paper.printed_body():
        match block:
            case Line():
                words.append(f"{block.lead} {block.text}")
            case Field():
                words.append(f"{block.label}: {block.value.pattern if isinstance(block.value, Fill) else block.value}")
    return "\n".join(words)
