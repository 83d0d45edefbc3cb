"""Every reading of rules and messages, scoped to the actor; what the door must know is read by the house."""

from maiam.contexts.contacts.queries.messages import (
    MessageLine,
    MessagePage,
    message,
    messages_about,
    messages_of,
    messages_waiting,
    rows_waiting,
)
from maiam.contexts.contacts.queries.rules import (
    DoorLine,
    Guidance,
    VersionLine,
    guidance,
    guidance_if_kept,
    has_rule,
    require_to_reach,
    require_to_tell,
    rule_in_force,
    standing,
)

__all__ = [
    "DoorLine",
    "Guidance",
    "MessageLine",
    "MessagePage",
    "VersionLine",
    "guidance",
    "guidance_if_kept",
    "has_rule",
    "message",
    "messages_about",
    "messages_of",
    "messages_waiting",
    "require_to_reach",
    "require_to_tell",
    "rows_waiting",
    "rule_in_force",
    "standing",
]
