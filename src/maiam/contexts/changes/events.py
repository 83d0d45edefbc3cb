"""What others may want to know of a request. Sent within the transaction that decides it: both happen, or neither."""

from django.dispatch import Signal

# request: ChangeRequest, actor: Actor, now: datetime
change_decided = Signal()
