"""The base of every model that holds what only some may see."""

from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from maiam.platform.access.actor import Actor
from maiam.platform.access.rows import Access, readable
from maiam.platform.errors import NotFoundError
from maiam.platform.ids import new_id

ModelType = TypeVar("ModelType", bound=models.Model, covariant=True)


class Protection(StrEnum):
    """How much harm a leaked row does (docs/threat-model.md): life, case, person, work, public."""

    P4 = "life"
    P3 = "case"
    P2 = "person"
    P1 = "work"
    P0 = "public"


class ScopedQuerySet(models.QuerySet[ModelType]):
    """Rows as one actor may see them."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(readable(actor, self.model))

    def find(self, actor: Actor, row_id: Any) -> ModelType:
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
