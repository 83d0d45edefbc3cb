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
from maiam.contexts.support.queries.support import SupportPage, support_page

__all__ = [
    "Helper",
    "ReferralLine",
    "ReferralPage",
    "SupportPage",
    "helpers_near",
    "referral",
    "referrals_to",
    "support_page",
    "unmet_counts",
]
