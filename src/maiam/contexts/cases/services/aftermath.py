"""What an incident sets going for the person hurt: a look at the danger, contacts in private. What ends with a case."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
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


def end_duties(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Stop the clocks of looking again: the case has ended."""
    subject = Subject("cases.case", case_id)
    for rule in RISK_DUTIES:
        duties.lapse_obligation(actor=actor, rule=rule, subject=subject, at=now, now=now, proof="cases.case.closed")


def _start(actor: Actor, case_id: UUID, commune: Unit, whats: dict[str, str], now: datetime) -> None:
    subject = Subject("cases.case", case_id)
    running = {clock.limit.code for clock in clocks.obligations_of(actor, subject) if clock.is_running}
    owner = answering_post(Role.CULTURE_OFFICER, commune)
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
            started_at=now,
            now=now,
        )
