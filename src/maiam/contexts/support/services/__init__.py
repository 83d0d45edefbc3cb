"""Every change of support, one noun a file."""

from maiam.contexts.support.services.consents import ConsentGiven, give_consent, withdraw_consent
from maiam.contexts.support.services.contacts import ContactMade, record_contact
from maiam.contexts.support.services.plans import write_safety_plan
from maiam.contexts.support.services.referrals import (
    ConsentNotLiveError,
    NotNextError,
    ReferralSent,
    WordsMissingError,
    lapse_referrals,
    move_referral,
    record_unmet_need,
    send_referral,
)

__all__ = [
    "ConsentGiven",
    "ConsentNotLiveError",
    "ContactMade",
    "NotNextError",
    "ReferralSent",
    "WordsMissingError",
    "give_consent",
    "lapse_referrals",
    "move_referral",
    "record_contact",
    "record_unmet_need",
    "send_referral",
    "withdraw_consent",
    "write_safety_plan",
]
