"""What others must know of the register at once: sent within the transaction, so that both happen or neither."""

from django.dispatch import Signal

# A person's data are being erased by law. A receiver lets go of what its context holds about them and returns what
# it emptied, as {"what, in Vietnamese": how many}. Arguments: person_id: UUID, actor: Actor, now: datetime.
person_erased = Signal()
