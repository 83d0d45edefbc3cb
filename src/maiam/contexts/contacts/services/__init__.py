"""Every change of rules and messages: laying a rule down, asking that somebody be told, sending, telling by oneself."""

from maiam.contexts.contacts.services.asking import (
    Telling,
    open_number,
    send_code,
    tell_if_asked,
    tell_owed,
    tell_person,
)
from maiam.contexts.contacts.services.by_person import (
    AlreadyEndedError,
    ToldByPerson,
    ToldInFutureError,
    WordsNeededError,
    close_look_after,
    drop_message,
    note_reached,
    record_told,
)
from maiam.contexts.contacts.services.delivery_reports import DeliveryReport, NotSentYetError, take_delivery_report
from maiam.contexts.contacts.services.laying import (
    AddressMissingError,
    NumberMissingError,
    NumberNotSafeError,
    ThroughAggressorError,
    WordsNotSafeError,
    carry_rule_over,
    keep_answers,
    lay_down_rule,
)
from maiam.contexts.contacts.services.sending import send_due

__all__ = [
    "AddressMissingError",
    "AlreadyEndedError",
    "DeliveryReport",
    "NotSentYetError",
    "NumberMissingError",
    "NumberNotSafeError",
    "Telling",
    "ThroughAggressorError",
    "ToldByPerson",
    "ToldInFutureError",
    "WordsNeededError",
    "WordsNotSafeError",
    "carry_rule_over",
    "close_look_after",
    "drop_message",
    "keep_answers",
    "lay_down_rule",
    "note_reached",
    "open_number",
    "record_told",
    "send_code",
    "send_due",
    "take_delivery_report",
    "tell_if_asked",
    "tell_owed",
    "tell_person",
]
