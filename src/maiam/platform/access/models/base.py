"""The base of every model that holds what only some may see."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from maiam.platform.access.actor import Actor
from maiam.platform.access.protection import Protection
from maiam.platform.access.rows import Access, readable
from maiam.platform.errors import NotFoundError
from maiam.platform.ids import new_id

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row_co]):
    """Rows as one actor may see them."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(readable(actor, self.model))

    def find(self, actor: Actor, row_id: Any) -> Row_co:
        """Return the row, or raise `NotFoundError` when it is absent or out of reach."""
        row = self.visible_to(actor).filter(pk=row_id).first()
        if row is None:
            raise NotFoundError
        return row


class ScopedModel(models.Model):
    """A row with an owner's reach: `access` says whose, here and in row-level security."""

    protection: ClassVar[Protection]
    access: ClassVar[Access]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
