"""What stands beside the repeats: measures in force, danger known, children at home, earlier reports."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from maiam.contexts.alarms.queries.people import Homes
from maiam.contexts.alarms.rules.found import Alarm, Kind, Link
from maiam.contexts.alarms.rules.intake import Intake, Past
from maiam.contexts.cases.models import NoContact
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules.states import State as MeasureState
from maiam.contexts.reports.models import Report, ReporterIdentity
from maiam.contexts.reports.rules.draft import InDanger, Sign
from maiam.contexts.reports.rules.states import OUTCOME_LABELS, Outcome
from maiam.contexts.risk.models import CaseRisk
from maiam.core.law.codes.house import alarms as limits
from maiam.core.law.codes.measures import measures as listed
from maiam.core.risk import LEVEL_LABELS, Level
from maiam.core.text import write_date, write_datetime
from maiam.platform.access import Actor, ScopedQuerySet

_ENDED_WITHOUT_HELP = frozenset({Outcome.UNFOUNDED, Outcome.NO_CONTACT_POSSIBLE})
_NAME_ONLY = " Nếu đúng là người trong tin này."


def orders_in_force(actor: Actor, ids: Collection[UUID], *, guessed: bool, now: datetime) -> Iterator[Alarm]:
    """No-contact orders that bind one of these people now: what the report tells may be a breach."""
    rows = NoContact.objects.visible_to(actor).in_force(now)
    for row in rows.filter(perpetrator_id__in=ids) | rows.filter(victim_id__in=ids):
        says = (
            f"Đang cấm {row.perpetrator_name} tiếp xúc với {row.victim_name} đến {_until(row)}. "
            "Hãy xem tin này có phải vi phạm quyết định không."
        )
        link = Link("Quyết định cấm tiếp xúc", "cases:no_contact", row.id)
        yield Alarm(Kind.ORDER_IN_FORCE, str(row.id), _said(says, guessed), (str(row.id),), (link,), not guessed)


def measures_in_force(actor: Actor, ids: Collection[UUID], *, guessed: bool) -> Iterator[Alarm]:
    """Other measures that run now about one of these people."""
    rows = Measure.objects.visible_to(actor).filter(person_id__in=ids, state=MeasureState.IN_FORCE)
    for row in rows.order_by("starts_at", "id"):
        says = f"Đang thực hiện với {row.person_name}: {listed()[row.kind].vi}."
        link = Link("Biện pháp", "measures:of_case", row.case_id)
        yield Alarm(Kind.ORDER_IN_FORCE, str(row.id), _said(says, guessed), (str(row.id),), (link,), not guessed)


def danger(actor: Actor, intake: Intake, before: Iterable[Past]) -> Iterator[Alarm]:
    """Cases of these people whose danger stands high."""
    guessed = any(not someone.is_certain for someone in intake.named)
    cases = {past.case_id: past.case_code for past in before if past.case_id and past.people & intake.ids}
    for row in CaseRisk.objects.visible_to(actor).filter(case_id__in=cases, level__in=limits().levels):
        code = cases[row.case_id]
        level = LEVEL_LABELS[Level(row.level)].lower()
        says = f"Vụ việc {code} đang ở mức nguy cơ {level} từ {write_date(row.since)}."
        link = Link(f"Nguy cơ của {code}", "risk:case", row.case_id)
        evidence = (str(row.case_id), row.level)
        yield Alarm(Kind.DANGER, str(row.case_id), _said(says, guessed), evidence, (link,), not guessed)


def children_at_home(intake: Intake, report: Report, homes: Homes) -> Iterator[Alarm]:
    """Children the teller spoke of, or whom the register knows in the home."""
    told = InDanger.CHILDREN in report.in_danger or Sign.CHILD in report.signs
    if told:
        says = "Người báo tin nói có trẻ em đang gặp nguy hiểm hoặc ở đó."
        yield Alarm(Kind.CHILD_AT_HOME, "told", says, ("told",))
    seen: set[frozenset[UUID]] = set()
    for someone in intake.named:
        children = homes.children.get(someone.id, frozenset())
        if children and children not in seen:
            seen.add(children)
            says = f"Theo sổ hộ gia đình, sống cùng nhà với {someone.in_words} có {len(children)} trẻ em."
            link = Link(someone.name, "families:person", someone.id)
            evidence = tuple(str(child) for child in children)
            yield Alarm(Kind.CHILD_AT_HOME, str(someone.id), says, evidence, (link,), someone.is_certain)


def earlier_reports(actor: Actor, report: Report, intake: Intake) -> Iterator[Alarm]:
    """Reports of before that ended without help: from the same village, or told in the very same words."""
    rows = _before(actor, report).filter(outcome__in=_ENDED_WITHOUT_HELP).order_by("-told_at", "id")
    same_place = [row for row in rows if intake.village_id is not None and row.village_id == intake.village_id]
    seen = same_place or [row for row in rows if report.story and row.likeness == report.likeness]
    if seen:
        ends = ", ".join(dict.fromkeys(OUTCOME_LABELS[Outcome(str(row.outcome))].lower() for row in seen))
        where = f"Ở {intake.village}" if same_place else "Lời kể giống hệt"
        says = f"{where} có {len(seen)} tin trong {limits().reports_days} ngày trước đã khép ({ends})."
        yield Alarm(Kind.EARLIER_CLOSED, str(report.id), says, _ids(seen), _links(seen))


def same_caller(actor: Actor, report: Report) -> Iterator[Alarm]:
    """Other reports told from the same number. Which number it is nobody needs to read for that."""
    identities = ReporterIdentity.objects.visible_to(actor)
    keys = set(identities.filter(report=report).exclude(phone_key="").values_list("phone_key", flat=True))
    others = identities.filter(phone_key__in=keys).values("report_id")
    seen = list(_before(actor, report).filter(id__in=others).order_by("-told_at", "id")) if keys else []
    if seen:
        says = f"Số điện thoại của người báo tin đã báo {len(seen)} tin khác trong {limits().reports_days} ngày trước."
        yield Alarm(Kind.SAME_CALLER, str(report.id), says, _ids(seen), _links(seen))


def _until(row: NoContact) -> str:
    return write_datetime(row.ends_at) if row.ends_at else ""


def _before(actor: Actor, report: Report) -> ScopedQuerySet[Report]:
    oldest = report.told_at - timedelta(days=limits().reports_days)
    rows = Report.objects.visible_to(actor).filter(told_at__gte=oldest, told_at__lte=report.told_at)
    return rows.exclude(id=report.id)


def _ids(rows: list[Report]) -> tuple[str, ...]:
    return tuple(str(row.id) for row in rows)


def _links(rows: list[Report]) -> tuple[Link, ...]:
    return tuple(Link(f"Tin báo {write_datetime(row.told_at)}", "reports:detail", row.id) for row in rows)


def _said(says: str, guessed: bool) -> str:
    return says + _NAME_ONLY if guessed else says
