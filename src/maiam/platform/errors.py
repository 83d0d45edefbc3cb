"""The refusals of the house: a rule said no, nothing there, not allowed. Anything else is a bug."""

from typing import ClassVar


class DomainError(Exception):
    """A rule said no. Shown as it is, in the form or as problem JSON with its `code`."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = "Việc này không làm được."
    field: ClassVar[str | None] = None

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class NotFoundError(Exception):
    """Absent, or out of the actor's reach: the two look alike."""


class ForbiddenError(Exception):
    """The actor's post does not carry this power."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission
