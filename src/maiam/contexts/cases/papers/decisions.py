"""The chairman's papers: the order, the answer that none is made, the cancellation."""

from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.cases.models import Cancellation, NoContact, OfficialDocument
from maiam.contexts.cases.papers.people import commune_of, perpetrator_of, protected_of, reference_to
from maiam.core.law.no_contact import CancelGround, Ground
from maiam.core.papers import BY_HAND, OfficialPaper
from maiam.core.papers.forms.facts import Signer
from maiam.core.papers.forms.no_contact_cancellation import NoContactCancellationFacts, no_contact_cancellation
from maiam.core.papers.forms.no_contact_decision import NoContactDecisionFacts, no_contact_decision
from maiam.core.papers.forms.no_contact_refusal import NoContactRefusalFacts, no_contact_refusal


@dataclass(frozen=True)
class Issue:
    """One issuing: the moment, and who signs. The register gives the number once the paper is whole."""

    at: datetime
    signer: str


def order(measure: NoContact, issue: Issue) -> OfficialPaper:
    return no_contact_decision(
        NoContactDecisionFacts(
            commune=commune_of(measure.commune),
            number=BY_HAND,
            issued_at=issue.at,
            signer=Signer(issue.signer),
            ground=Ground(measure.ground),
            perpetrator=perpetrator_of(measure),
            protected_person=protected_of(measure),
            reason=measure.reason,
            starts_at=measure.starts_at,
            ends_at=measure.ends_at,
        )
    )


def refusal(measure: NoContact, issue: Issue) -> OfficialPaper:
    return no_contact_refusal(
        NoContactRefusalFacts(
            commune=commune_of(measure.commune),
            number=BY_HAND,
            issued_at=issue.at,
            signer=Signer(issue.signer),
            requester_name=measure.request.requester_name,
            requested_at=measure.requested_at,
            perpetrator_name=measure.perpetrator_name,
            reasons=tuple(measure.reason.splitlines()),
        )
    )


def cancellation(measure: NoContact, order: OfficialDocument, cancelled: Cancellation, issue: Issue) -> OfficialPaper:
    return no_contact_cancellation(
        NoContactCancellationFacts(
            decision=reference_to(order),
            number=BY_HAND,
            issued_at=issue.at,
            signer=Signer(issue.signer),
            ground=CancelGround(cancelled.ground),
            reason=cancelled.reason,
            perpetrator_name=measure.perpetrator_name,
            protected_person=protected_of(measure),
        )
    )
