"""What goes wrong in life, on purpose: one woman written twice, a report taken back, a place nobody knows, prank calls."""

from datetime import datetime, timedelta
from random import Random

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import Sex
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.models.calls import CallPurpose
from maiam.contexts.reports.rules.draft import Kind, ReportDraft
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.names import misspelt
from maiam.web.demo.offices import seated

WRITTEN_TWICE = 5
WRITTEN_AGAIN = timedelta(days=40)
CALLS = {
    CallPurpose.SILENT: "Nghe tiếng thở, rồi cúp máy.",
    CallPurpose.CUT_OFF: "Đang nói thì mất tín hiệu.",
    CallPurpose.ADVICE: "Hỏi báo tin có bị lộ tên không.",
    CallPurpose.WRONG_NUMBER: "Gọi nhầm.",
    CallPurpose.FOLLOW_UP: "Hỏi tin tuần trước đã ai xem chưa.",
    CallPurpose.PRANK: "Trẻ con gọi chơi.",
}
STORY = "Nhà chú họ cháu đánh vợ suốt, cháu đi làm xa nghe kể lại."


def go_wrong(commune: Unit, random: Random, now: datetime) -> None:
    _write_people_twice(commune, random, now)
    _take_a_report_back(commune, now - timedelta(days=6))
    _lose_the_place(commune, now - timedelta(days=9), is_found=True)
    _lose_the_place(commune, now - timedelta(hours=2), is_found=False)
    for number, (purpose, note) in enumerate(CALLS.items(), start=1):
        operator = seated(Role.HOTLINE_OPERATOR, commune, now)
        with acting(operator):
            reports.log_call(actor=operator, purpose=purpose, note=note, now=now - timedelta(hours=7 * number))


def _write_people_twice(commune: Unit, random: Random, now: datetime) -> None:
    """An officer in a hurry did not find her by her right name, and wrote her down again."""
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    women = Person.objects.filter(commune=commune, sex=Sex.FEMALE).order_by("sort_key", "birth_year", "birth_month")
    with acting(officer):
        for person in [her for her in women if misspelt(Random(0), her.full_name) != her.full_name][:WRITTEN_TWICE]:
            facts = families.PersonFacts(
                full_name=misspelt(random, person.full_name),
                commune_id=commune.id,
                village_id=person.village_id,
                sex=Sex.FEMALE,
                birth=PartialDate(person.birth_year) if person.birth_year else None,
            )
            families.register_person(actor=officer, facts=facts, now=now - WRITTEN_AGAIN)


def _take_a_report_back(commune: Unit, at: datetime) -> None:
    """The officer reads the wish; the report stays open, and its clock goes on."""
    public = accounts.the_public()
    draft = ReportDraft(
        channel="text_message",
        receiving_address="commune_pc",
        entry_key=f"demo:taken back:{at.isoformat()}",
        story="Chồng tôi đập điện thoại, tôi mượn máy báo.",
        kinds=(Kind.MONEY, Kind.THREATENED),
        commune_id=commune.id,
    )
    with acting(public):
        report_id = reports.file_report(actor=public, draft=draft, now=at).report_id
    holder, later = Actor.receipt_holder(report_id), at + timedelta(hours=5)
    with acting(holder):
        words = "Tôi xin rút, chồng tôi biết rồi."
        reports.withdraw_report(actor=holder, report_id=report_id, body=words, now=later, entry_key="demo:taken back")


def _lose_the_place(commune: Unit, at: datetime, *, is_found: bool) -> None:
    """A caller far away knows a landmark only; the province's desk finds the commune, or still looks for it."""
    operator = seated(Role.HOTLINE_OPERATOR, commune, at)
    draft = ReportDraft(
        channel="phone_call",
        receiving_address="national_hotline",
        entry_key=f"demo:place unknown:{at.isoformat()}",
        story=STORY,
        kinds=(Kind.BEATEN,),
        place_as_given="Gần cầu treo, chỗ có trạm cân cà phê, hình như Đắk Mil cũ",
    )
    with acting(operator):
        report_id = reports.file_report(actor=operator, draft=draft, now=at).report_id
        if is_found:
            why, found_at = "Hỏi bưu tá: cầu treo ở xã này.", at + timedelta(minutes=50)
            reports.place_report(actor=operator, report_id=report_id, commune_id=commune.id, reason=why, now=found_at)
