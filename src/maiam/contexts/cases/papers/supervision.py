"""The police chief's paper: who supervises an order."""

from collections.abc import Iterable
from datetime import datetime

from maiam.contexts.cases.models import NoContact, OfficialDocument, PaperFromAbove, Supervisor
from maiam.contexts.cases.papers.decisions import Issue
from maiam.contexts.cases.papers.people import protected_of, reference_to
from maiam.core.papers import BY_HAND, OfficialPaper
from maiam.core.papers.forms import supervisor_assignment as form
from maiam.core.papers.forms.facts import Signer


def assignment(
    measure: NoContact,
    order: OfficialDocument | PaperFromAbove,
    supervisors: Iterable[Supervisor],
    received_at: datetime,
    issue: Issue,
) -> OfficialPaper:
    return form.supervisor_assignment(
        form.SupervisorAssignmentFacts(
            decision=reference_to(order),
            number=BY_HAND,
            issued_at=issue.at,
            signer=Signer(issue.signer),
            received_at=received_at,
            supervisors=tuple(form.Supervisor(person.name, person.standing) for person in supervisors),
            perpetrator_name=measure.perpetrator_name,
            protected_person=protected_of(measure),
            ends_at=measure.ends_at,
        )
    )
