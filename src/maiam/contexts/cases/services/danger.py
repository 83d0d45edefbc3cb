"""What happened may have changed the danger: whoever holds the case looks at it, again, by a clock."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.duties import queries as running
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.core.risk import FIRST, RISK_DUTIES
from maiam.platform.access import Actor, Role


def ask_for_assessment(*, actor: Actor, case_id: UUID, commune: Unit, what: str, now: datetime) -> None:
    """Start the clock of an assessment, unless it runs already; a later event never makes it longer.

    It takes the case by its id: the police who record a breach may start the clock, and still not open the case.
    """
    subject = Subject("cases.case", case_id)
    if any(clock.is_running and clock.limit.code == FIRST for clock in running.obligations_of(actor, subject)):
        return
    duties.start_obligation(
        actor=actor,
        rule=FIRST,
        subject=subject,
        commune_id=commune.id,
        owner_post_id=answering_post(Role.CULTURE_OFFICER, commune).id,
        what=what,
        started_at=now,
        now=now,
    )


def end_assessments(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Stop the clocks of looking again: the case has ended."""
    subject = Subject("cases.case", case_id)
    for rule in RISK_DUTIES:
        duties.lapse_obligation(actor=actor, rule=rule, subject=subject, at=now, now=now, proof="cases.case.closed")
