"""One list that left or was to leave the register, and the sealed pieces of its file while it lives."""

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.exports.rules import COLUMNS, STATE_LABELS, FileType, Kind, Lifetime, State
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel, Through
from maiam.platform.access.rows import Anywhere

_HERE = InPlace("commune")


class Export(ScopedModel):
    """Who asked for which list and why, who agreed, what became of it. The register of lists that left."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.VIEW_EXPORTS, _HERE), Grant(Permission.WATCH_EXPORTS, Anywhere())),
        add=(Grant(Permission.EXPORT_FAMILIES, _HERE),),
        change=(Grant(Permission.EXPORT_FAMILIES, _HERE), Grant(Permission.APPROVE_EXPORTS, _HERE)),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12)
    file_type = models.CharField(max_length=6)
    columns = models.JSONField()
    purpose = models.CharField(max_length=500)
    rows = models.PositiveIntegerField()
    serial = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, default=State.WAITING)
    asked_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_by_account_id = models.PositiveBigIntegerField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "-asked_at"], name="export_of_commune"),
            models.Index(fields=["made_at"], condition=models.Q(gone_at__isnull=True), name="export_alive"),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def state_label(self) -> str:
        return STATE_LABELS[State(self.state)]

    @property
    def column_labels(self) -> list[str]:
        labels = COLUMNS[Kind(self.kind)]
        return [labels[column] for column in self.columns]

    @property
    def lifetime(self) -> Lifetime | None:
        return Lifetime(self.made_at, self.fetched_at) if self.made_at else None

    @property
    def file_name(self) -> str:
        return f"danh-sach-{self.serial.lower()}.{FileType(self.file_type)}"


class ExportPart(ScopedModel):
    """One sealed piece of a list's file; emptied when the list's life ends."""

    protection = Protection.P2
    access = Access(
        read=(Grant(Permission.EXPORT_FAMILIES, Through("export")),),
        add=(Grant(Permission.KEEP_HOUSE, Through("export")),),
        change=(Grant(Permission.KEEP_HOUSE, Through("export")),),
    )

    export = models.ForeignKey(Export, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]

    def __str__(self) -> str:
        return f"{self.export_id} {self.number}"
