"""What others may want to know of a request. Sent within its own transaction: both happen, or neither."""

from django.dispatch import Signal

# request: ChangeRequest, actor: Actor, now: datetime
change_asked = Signal()
change_decided = Signal()
