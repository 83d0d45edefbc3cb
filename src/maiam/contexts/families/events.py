"""What others must know of the register at once: sent within the transaction, so that both happen or neither."""

from django.dispatch import Signal

# A person's data are being erased by law. A receiver lets go of what its context holds about them and returns what
# it emptied, as {"what, in Vietnamese": how many}; raises `ErasureWaitsError` where it cannot yet.
# Arguments: person_id: UUID, actor: Actor, now: datetime.
person_erased = Signal()

# A list is being taken back with the people it brought in. A receiver lets go of what the house itself made of them,
# such as suggestions nobody has looked at. Arguments: person_ids: list[UUID], actor: Actor, now: datetime.
people_taken_back = Signal()

# Many people were written down at once, as by an import. Send it when all of them stand in the register.
# Arguments: commune_ids: Collection[int] (where they live), actor: Actor, now: datetime.
register_filled = Signal()
