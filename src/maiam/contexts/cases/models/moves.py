"""A case on its way to another commune: the old one answers for it until the new one has taken it."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models.cases import Case
from maiam.contexts.cases.rules.moves import Answer
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel

_FROM, _TO = InPlace("commune"), InPlace("to_commune")


class CaseMove(ScopedModel):
    """One hand-over, asked for and answered. The note is all the new commune is told: it opens a case of its own."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _FROM), Grant(Permission.VIEW_CASES, _TO)),
        add=(Grant(Permission.OPEN_CASES, _FROM),),
        change=(Grant(Permission.OPEN_CASES, _FROM), Grant(Permission.OPEN_CASES, _TO)),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=300)
    note_sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    asked_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_by_account_id = models.PositiveBigIntegerField()
    answer = models.CharField(max_length=10, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    words_sealed = models.BinaryField(null=True, blank=True)
    new_case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answer=Answer.WAITING), name="move_asked_once"),
            models.CheckConstraint(name="move_goes_elsewhere", condition=~Q(commune=F("to_commune"))),
            models.CheckConstraint(
                name="move_answered_whole",
                condition=Q(answer=Answer.WAITING, answered_at__isnull=True, new_case__isnull=True)
                | Q(answer=Answer.TAKEN, answered_at__isnull=False, new_case__isnull=False)
                & ~Q(answered_by_account_id=F("asked_by_account_id"))
                | Q(answer__in=[Answer.DECLINED, Answer.WITHDRAWN], answered_at__isnull=False, new_case__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"move of {self.case_id}"

    @property
    def subject(self) -> Subject:
        return Subject("cases.move", self.id)

    def tell(self, note: str) -> None:
        self.note_sealed = vault.seal(note, place=f"cases_casemove.note:{self.id}")

    def answer_with(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"cases_casemove.words:{self.id}") if words else None

    @property
    def note(self) -> str:
        return vault.unseal(self.note_sealed, place=f"cases_casemove.note:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"cases_casemove.words:{self.id}") if self.words_sealed else ""
