"""Every reading of support, scoped to the actor."""

from maiam.contexts.support.queries.referrals import (
    Helper,
    ReferralLine,
    ReferralPage,
    helpers_near,
    referral,
    referrals_to,
    unmet_counts,
)
from maiam.contexts.support.queries.support import (
    SupportPage,
    consents_in_force,
    contacts_since_opening,
    support_page,
)

__all__ = [
    "Helper",
    "ReferralLine",
    "ReferralPage",
    "SupportPage",
    "consents_in_force",
    "contacts_since_opening",
    "helpers_near",
    "referral",
    "referrals_to",
    "support_page",
    "unmet_counts",
]
