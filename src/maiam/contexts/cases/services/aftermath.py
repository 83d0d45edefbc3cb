"""What an incident sets going for the person hurt: a look at the danger, contacts in private. What ends with a case."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.core.law import children
from maiam.core.law.follow_ups import FOLLOW_UPS
from maiam.core.risk import FIRST, RISK_DUTIES
from maiam.platform.access import Actor, Role

_CONTACT = "{}: liên hệ riêng với người bị bạo lực, lần {}"


def ask_for_assessment(*, actor: Actor, case_id: UUID, commune: Unit, what: str, now: datetime) -> None:
    """Start the clock of an assessment, unless it runs already; a later event never makes it longer.

    It takes the case by its id: the police who record a breach may start the clock, and still not open the case.
    """
    _start(actor, case_id, commune, {FIRST: what}, now)


def plan_follow_ups(*, actor: Actor, case: Case, commune: Unit, now: datetime) -> None:
    """Start the clocks of the contacts after an incident; those that still run from an earlier one run on."""
    whats = {rule: _CONTACT.format(case.code, place) for place, rule in enumerate(FOLLOW_UPS, start=1)}
    _start(actor, case.id, commune, whats, now)


def protect_child(*, actor: Actor, case: Case, commune: Unit, told_at: datetime, now: datetime) -> None:
    """Start the clocks of child protection at the moment we were told: protect within hours, plan within days."""
    owed = {
        Role.COMMUNE_CHAIRMAN: {children.EMERGENCY.code: f"{case.code}: bảo vệ trẻ em ngay"},
        Role.CULTURE_OFFICER: {children.PLAN.code: f"{case.code}: lập kế hoạch hỗ trợ, can thiệp trẻ em"},
    }
    for role, whats in owed.items():
        _start(actor, case.id, commune, whats, now, role=role, started_at=told_at)


def end_duties(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Stop the clocks of looking again: the case has ended."""
    subject = Subject("cases.case", case_id)
    for rule in RISK_DUTIES:
        duties.lapse_obligation(actor=actor, rule=rule, subject=subject, at=now, now=now, proof="cases.case.closed")


def _start(
    actor: Actor,
    case_id: UUID,
    commune: Unit,
    whats: dict[str, str],
    now: datetime,
    *,
    role: Role = Role.CULTURE_OFFICER,
    started_at: datetime | None = None,
) -> None:
    subject = Subject("cases.case", case_id)
    running = {clock.limit.code for clock in clocks.obligations_of(actor, subject) if clock.is_running}
    owner = answering_post(role, commune)
    for rule, what in whats.items():
        if rule in running:
            continue
        duties.start_obligation(
            actor=actor,
            rule=rule,
            subject=subject,
            commune_id=commune.id,
            owner_post_id=owner.id,
            what=what,
            started_at=started_at or now,
            now=now,
        )
