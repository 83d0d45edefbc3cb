"""Contacts, safety plans, consents, referrals and needs nobody met."""

from maiam.contexts.support.models.contacts import Contact
from maiam.contexts.support.models.plans import SafetyPlan
from maiam.contexts.support.models.referrals import Consent, Referral, UnmetNeed

__all__ = ["Consent", "Contact", "Referral", "SafetyPlan", "UnmetNeed"]
