"""One list that came in: its sealed file, how its columns are read, what was found in it, what was written."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.imports.rules import BUSY, STATE_LABELS, Answer, Layout, State
from maiam.contexts.places.models import Unit
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel, Through

_KEEPERS = (Grant(Permission.IMPORT_FAMILIES, InPlace("commune")),)
_OF_LIST = (Grant(Permission.IMPORT_FAMILIES, Through("imported")),)


class ImportedList(ScopedModel):
    """A file somebody brought, from its arrival to its end. `counts` tell what was found, by gravity and kind."""

    protection = Protection.P2
    access = Access(read=_KEEPERS, add=_KEEPERS, change=_KEEPERS)

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=State.UPLOADED)
    file_name = models.CharField(max_length=200)
    file_kind = models.CharField(max_length=4)
    file_bytes = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    refusal = models.CharField(max_length=400, blank=True)
    layout = models.JSONField(null=True, blank=True)
    rows_before = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    takes_all = models.BooleanField(default=True)
    households_added = models.PositiveIntegerField(default=0)
    people_added = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()
    # How often the work on it was begun and did not come a step further.
    stumbles = models.PositiveSmallIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "-uploaded_at"], name="list_of_commune"),
            models.Index(fields=["touched_at"], condition=models.Q(gone_at__isnull=True), name="list_alive"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state_label(self) -> str:
        return STATE_LABELS[State(self.state)]

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY

    @property
    def read_as(self) -> Layout:
        return Layout.from_json(self.layout or {"pages": [], "listed_on": None, "first_january_is_filler": False})


class ListPiece(ScopedModel):
    """One sealed piece of a file: the one brought, or its copy with comments. Emptied when its life ends."""

    protection = Protection.P2
    access = Access(read=_OF_LIST, add=_OF_LIST, change=_OF_LIST)

    imported = models.ForeignKey(ImportedList, models.PROTECT, related_name="pieces")
    is_marked = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "is_marked", "number"], name="list_piece_once")]

    def __str__(self) -> str:
        return f"{self.imported_id} {self.number}"


class ListPart(ScopedModel):
    """Some households of a list as they were understood, sealed; and what was written of them, in one transaction."""

    protection = Protection.P2
    access = Access(read=_OF_LIST, add=_OF_LIST, change=_OF_LIST)

    imported = models.ForeignKey(ImportedList, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    counts = models.JSONField(default=dict)
    household_ids = ArrayField(models.UUIDField(), default=list)
    person_ids = ArrayField(models.UUIDField(), default=list)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "number"], name="list_part_once")]

    def __str__(self) -> str:
        return f"{self.imported_id} {self.number}"


class ListAnswer(ScopedModel):
    """What was decided of one row (`page:row`) or one household (`hpage:row`, by its first row)."""

    protection = Protection.P1
    access = Access(read=_OF_LIST, add=_OF_LIST, change=_OF_LIST)

    imported = models.ForeignKey(ImportedList, models.PROTECT, related_name="answers")
    place = models.CharField(max_length=20)
    answer = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Answer])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "place"], name="list_answer_once")]

    def __str__(self) -> str:
        return f"{self.place}: {self.answer}"


class KnownWord(ScopedModel):
    """What a heading, a village or a word for kin means in this commune's lists, as its officer confirmed it."""

    protection = Protection.P1
    access = Access(read=_KEEPERS, add=_KEEPERS, change=_KEEPERS)

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    word = models.CharField(max_length=120)
    meaning = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "kind", "word"], name="known_word_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.word}"
