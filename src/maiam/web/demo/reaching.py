"""How people are reached: reporters after each answer, three women by three rules; a review, a court that asked."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.contacts import events
from maiam.contexts.contacts import queries as asked
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.messages import State
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services import Telling, ToldByPerson
from maiam.contexts.disclosures import services as disclosures
from maiam.contexts.places.models import Unit
from maiam.contexts.reviews import services as reviews
from maiam.contexts.reviews.rules import Kind
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.offices import seated

HOUSE = Actor.system("demonstration")
RULES = (
    SafeRule(
        ways=frozenset({Way.SMS, Way.CALL}),
        phone="+84900000901",
        starts=time(6),
        ends=time(20),
        cover_words="Hợp tác xã mời chị họp tổ",
        must_not_pick_up="chồng, mẹ chồng",
    ),
    SafeRule(
        ways=frozenset({Way.SMS}),
        phone="+84900000902",
        starts=time(22),
        ends=time(5),
        cover_words="Chị ơi, hàng về rồi nhé",
    ),
    SafeRule(ways=frozenset({Way.VISIT}), must_not_pick_up="ai cũng vậy", through_whom=""),
)


def settle(report_id: UUID, officer: Actor, at: datetime) -> None:
    """Let what the reporter was to be told reach them within the hour, by machine or by the officer."""
    with acting(HOUSE):
        contacts.send_due(actor=HOUSE, now=at)
    told_at = at + timedelta(minutes=40)
    with acting(officer):
        for line in asked.messages_of(officer, Recipient(RecipientKind.REPORTER, report_id)):
            if line.state is State.BY_PERSON:
                told = ToldByPerson(at=told_at, way=Way.CALL, is_told=True, words="Đã gọi, người báo tin đã rõ.")
                contacts.record_told(actor=officer, message_id=line.id, told=told, now=told_at)


def happen(commune: Unit, now: datetime) -> None:
    """Three rules, messages in every state; a near-death under review; a court that asked."""
    officer, chairman = (seated(role, commune, now) for role in (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN))
    at = now - timedelta(hours=3)
    with acting(officer):
        open_cases = Case.objects.visible_to(officer).exclude(status=Status.CLOSED).order_by("-opened_at", "number")
        cases = list(open_cases[: len(RULES) + 1])
    for case, rule in zip(cases, RULES, strict=False):
        with acting(officer):
            to = events.addressed(officer, case.subject, at)
            with suppress(contacts.NumberNotSafeError):
                # The register's made-up numbers may by chance hold it in that very home.
                contacts.lay_down_rule(actor=officer, to=to, rule=rule, now=at)
            telling = Telling(purpose=Purpose.CALL_BACK, way=Way.SMS, key="demo:call back")
            contacts.tell_person(actor=officer, to=to, telling=telling, now=at)
    with acting(HOUSE):
        contacts.send_due(actor=HOUSE, now=at)
    if len(cases) > len(RULES):
        _nearly_died(cases[-1], officer, chairman, at)
        _court_asked(cases[0], officer, at)


def _nearly_died(case: Case, officer: Actor, chairman: Actor, at: datetime) -> None:
    about = reviews.Asked(
        kind=Kind.NEAR_DEATH, happened_on=at.astimezone(VIETNAM).date(), reason="Bị siết cổ, cấp cứu kịp."
    )
    with acting(officer):
        row = reviews.ask_review(actor=officer, case_id=case.id, asked=about, now=at)
    with acting(chairman):
        reviews.answer_review(actor=chairman, review_id=row.id, agrees=True, now=at + timedelta(hours=1))
    later = at + timedelta(hours=2)
    with acting(officer):
        words = "Hỏi về siết cổ ngay lần gặp đầu tiên, kể cả khi không có vết."
        reviews.record_lesson(actor=officer, review_id=row.id, words=words, now=later)
        reviews.recommend(
            actor=officer,
            review_id=row.id,
            words="Tập huấn nhận biết dấu hiệu siết cổ cho trực ban.",
            owner_post_id=officer.post_id or 0,
            term="REVIEW_ACT_MONTH",
            now=later,
        )


def _court_asked(case: Case, officer: Actor, at: datetime) -> None:
    request = disclosures.Request(
        authority="Tòa án nhân dân khu vực 5 – Lâm Đồng",
        request="Công văn số 12/TA-DS",
        ground="Yêu cầu cung cấp tài liệu, chứng cứ của Tòa án",
    )
    with acting(officer):
        disclosures.ask_court_file(actor=officer, case_id=case.id, request=request, now=at + timedelta(hours=1))
