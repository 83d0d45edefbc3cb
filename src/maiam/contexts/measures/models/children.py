"""Who takes part in the handling of a child's case: the law asks for a child-protection worker (Law Art. 4(4))."""

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case
from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel


class ChildProtector(ScopedModel):
    """The participant named for a child's case; the newest counts."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, InPlace("commune")),),
        add=(Grant(Permission.REQUEST_MEASURES, InPlace("commune")),),
        matter="case",
    )
    append_only = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    standing = models.CharField(max_length=200)
    named_at = models.DateTimeField()
    named_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "-named_at"], name="protector_of_case")]

    def __str__(self) -> str:
        return f"protector in {self.case_id}"
