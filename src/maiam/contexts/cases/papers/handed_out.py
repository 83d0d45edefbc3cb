"""Forms people fill and sign themselves, begun with what we know: Forms 09 and 10 of Decree 76."""

from maiam.contexts.cases.models import NoContact, OfficialDocument, PaperFromAbove
from maiam.contexts.cases.papers.people import reference_to
from maiam.core.papers import OfficialPaper
from maiam.core.papers.forms import cancellation_request as form_10
from maiam.core.papers.forms import contact_notice as form_09


def contact_notice(
    measure: NoContact, order: OfficialDocument | PaperFromAbove, *, supervisor: str | None
) -> OfficialPaper:
    return form_09.contact_notice(
        form_09.ContactNoticeFacts(
            decision=reference_to(order),
            sender_name=measure.perpetrator_name,
            protected_name=measure.victim_name,
            supervisor_name=supervisor,
        )
    )


def cancellation_request(measure: NoContact, order: OfficialDocument | PaperFromAbove) -> OfficialPaper:
    return form_10.cancellation_request(
        form_10.CancellationRequestFacts(decision=reference_to(order), requester_name=measure.victim_name)
    )
