"""Take back the consents a person gave to pass on what is known of them."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.families import queries as families
from maiam.contexts.support import queries as support
from maiam.contexts.support import services as supporting
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class NoConsentError(DomainError):
    code = "rights.no_consent"
    message = "Không có sự đồng ý nào đang có hiệu lực để rút. Nếu việc xử lý dựa trên luật, hãy từ chối và nêu căn cứ."


def withdraw_consents(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """End every consent still in force; return how many there were. Raises `NoConsentError`."""
    consents = support.consents_in_force(actor, families.all_ids_of(actor, person_id), now)
    if not consents:
        raise NoConsentError
    for consent_id in consents:
        supporting.withdraw_consent(actor=actor, consent_id=consent_id, now=now)
    return len(consents)
