"""Official documents as they were issued, the registers that number them, and how they reached their addressees."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models.no_contact import NoContact
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.places.models import Unit
from maiam.core.papers.content import digest
from maiam.platform import vault
from maiam.platform.access import (
    Access,
    Anywhere,
    Grant,
    InPlace,
    Permission,
    Protection,
    ScopedModel,
    ScopedQuerySet,
    Through,
)
from maiam.platform.errors import NotFoundError

_NUMBERS = (
    Grant(Permission.OPEN_CASES, InPlace("commune")),
    Grant(Permission.DECIDE_NO_CONTACT, InPlace("commune")),
    Grant(Permission.SUPERVISE_NO_CONTACT, InPlace("commune")),
)


class Numbered:
    """A row with a number of a commune's register, written the way papers bear it."""

    number: Any
    symbol: Any
    year: Any

    @property
    def number_text(self) -> str:
        return f"{self.number:02d}/{self.symbol}"

    def __str__(self) -> str:
        return f"{self.number_text} ({self.year})"


class NumberRegisterQuerySet(ScopedQuerySet["NumberRegister"]):
    def take(self, *, commune_id: int, year: int, series: str) -> int:
        """Take the next number; until the transaction ends, nobody else takes one of this series."""
        self.bulk_create([NumberRegister(commune_id=commune_id, year=year, series=series)], ignore_conflicts=True)
        register = self.select_for_update().get(commune_id=commune_id, year=year, series=series)
        register.last_number += 1
        register.save(update_fields=["last_number"])
        return register.last_number


class NumberRegister(ScopedModel):
    """The last number a commune gave in one series of one year. Locked while a number is taken: no gap, no double."""

    protection = Protection.P1
    access = Access(read=_NUMBERS, add=_NUMBERS, change=_NUMBERS)

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=12)
    last_number = models.PositiveIntegerField(default=0)

    objects: ClassVar = NumberRegisterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "year", "series"], name="register_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class RegisterEntry(Numbered, ScopedModel):
    """One line of a commune's register: a number, the day, the kind in neutral words. Nothing of people. Never changed.

    `paper_id` is the paper it stands for, in whichever table that paper is kept. Without a code there is no QR.
    """

    protection = Protection.P1
    access = Access(read=(*_NUMBERS, Grant(Permission.VIEW_NO_CONTACT, InPlace("commune"))), add=_NUMBERS)
    append_only = True

    paper_id = models.UUIDField(unique=True)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    type_name = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "year", "symbol", "number"], name="register_number_once"),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="register_code_once"),
        ]
        indexes = [models.Index(fields=["commune", "year", "-issued_at"], name="register_of_year")]


class EntryRevocation(ScopedModel):
    """A registered paper lost its force by a later one."""

    protection = Protection.P1
    access = Access(
        read=(*_NUMBERS, Grant(Permission.VIEW_NO_CONTACT, InPlace("commune"))),
        add=_NUMBERS,
    )
    append_only = True

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="revocation")
    by_entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="+", null=True, blank=True)
    # Who signed which number, where the later paper is not the commune's own.
    by_other = models.CharField(max_length=270, blank=True)
    revoked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="revoked_by_one_paper",
                condition=Q(by_entry__isnull=False, by_other="") | Q(by_entry__isnull=True) & ~Q(by_other=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.by_entry_id or self.by_other}"


class IssuedPaper(Numbered, ScopedModel):
    """A numbered paper as it was issued: its whole content, sealed, and the content's sha256. Never changed.

    PDF and DOCX are made from the content when asked for: the same content gives the same bytes.
    """

    append_only: ClassVar = True

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    content_sealed = models.BinaryField()
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def keep(self, content: str) -> None:
        """Seal the content for this row, and note its digest."""
        self.content_sha256 = digest(content)
        self.content_sealed = vault.seal(content, place=self._place)

    @property
    def content(self) -> str:
        return vault.unseal(self.content_sealed, place=self._place)

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}.content:{self.id}"


class OfficialDocumentQuerySet(ScopedQuerySet["OfficialDocument"]):
    def issued_for(self, measure: NoContact, kind: DocumentKind) -> "OfficialDocument":
        """The document of this kind about a measure. Raises `NotFoundError`."""
        document = self.filter(no_contact=measure, kind=kind).order_by("-issued_at").first()
        if document is None:
            raise NotFoundError
        return document


class OfficialDocument(IssuedPaper):
    """One document about a no-contact measure."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_NO_CONTACT, Through("no_contact")),),
        add=(
            Grant(Permission.DECIDE_NO_CONTACT, Through("no_contact")),
            Grant(Permission.SUPERVISE_NO_CONTACT, Through("no_contact")),
        ),
    )

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=24)

    objects: ClassVar = OfficialDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "year", "symbol", "number"], name="document_number_once")
        ]
        indexes = [models.Index(fields=["no_contact", "issued_at"], name="document_of_no_contact")]


class PaperFromAbove(ScopedModel):
    """A paper a competent authority signed about a measure nobody free in the commune could decide: who, which number.

    It takes no number of the commune and no code: the house did not issue it, it serves it. Never changed.
    """

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_NO_CONTACT, Through("no_contact")),),
        add=(Grant(Permission.KEEP_HOUSE, Anywhere()),),
    )
    append_only = True

    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="papers_from_above")
    kind = models.CharField(max_length=24)
    authority = models.CharField(max_length=200)
    number_text = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["no_contact", "kind"], name="above_paper_once"),
            models.CheckConstraint(name="above_paper_known", condition=Q(kind__in=list(DocumentKind))),
            models.CheckConstraint(name="above_paper_not_ahead", condition=Q(issued_at__lte=F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return self.number_text


class DeliveryQuerySet(ScopedQuerySet["Delivery"]):
    def of_kind(self, kind: DocumentKind) -> Self:
        """Of a paper of this kind, ours or from above."""
        return self.filter(Q(document__kind=kind) | Q(paper_from_above__kind=kind))

    def with_paper(self) -> Self:
        return self.select_related("document", "paper_from_above")


class Delivery(ScopedModel):
    """A document, ours or from above, reached one of its addressees: how, when, recorded by whom."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_NO_CONTACT, Through("no_contact")),),
        add=(Grant(Permission.SERVE_NO_CONTACT, Through("no_contact")),),
    )
    append_only = True

    document = models.ForeignKey(OfficialDocument, models.PROTECT, related_name="deliveries", null=True, blank=True)
    paper_from_above = models.ForeignKey(
        PaperFromAbove, models.PROTECT, related_name="deliveries", null=True, blank=True
    )
    no_contact = models.ForeignKey(NoContact, models.PROTECT, related_name="deliveries")
    addressee = models.CharField(max_length=48)
    method = models.CharField(max_length=18)
    delivered_at = models.DateTimeField()
    received_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "addressee"], name="delivered_once"),
            models.UniqueConstraint(fields=["paper_from_above", "addressee"], name="above_delivered_once"),
            models.CheckConstraint(
                name="delivery_of_one_paper",
                condition=Q(document__isnull=False, paper_from_above__isnull=True)
                | Q(document__isnull=True, paper_from_above__isnull=False),
            ),
            models.CheckConstraint(name="delivery_not_ahead", condition=Q(delivered_at__lte=F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.paper} to {self.addressee}"

    @property
    def paper(self) -> "OfficialDocument | PaperFromAbove":
        """What was delivered. Raises `LookupError` for a row that names nothing, which the database refuses."""
        if paper := self.document or self.paper_from_above:
            return paper
        raise LookupError
