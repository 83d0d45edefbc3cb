"""People: who they are, what was written of them before, and the numbers they bore before."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from maiam.contexts.families.rules import SEX_LABELS, Birth, Sex
from maiam.contexts.places.models import Unit, Village
from maiam.core.text import IdentityKind, fold_name
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel, Through

IN_PLACE = InPlace("commune", "village")
REGISTER = Access(
    read=(Grant(Permission.VIEW_FAMILIES, IN_PLACE),),
    add=(Grant(Permission.EDIT_FAMILIES, IN_PLACE),),
    change=(Grant(Permission.EDIT_FAMILIES, IN_PLACE),),
)


class Person(ScopedModel):
    """One person of the register. `search_text` is what spellings of the name share; `sort_key` orders lists.

    A name is kept whole, as its bearer says it: no surname is cut from it. Commune and village are where they live.
    """

    protection = Protection.P2
    access = REGISTER

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    full_name = models.CharField(max_length=300)
    other_names = models.CharField(max_length=300, blank=True)
    search_text = models.CharField(max_length=900)
    sort_key = models.CharField(max_length=1500)
    sex = models.CharField(max_length=8, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_is_approximate = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    identity_number_sealed = models.BinaryField(null=True, blank=True)
    identity_number_index = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            GinIndex(
                OpClass(F("commune"), name="int8_ops"),
                OpClass(Func(F("search_text"), F("birth_year"), function="families_words"), name="tsvector_ops"),
                name="person_by_place_and_words",
                # Words waiting to be sorted in are read one by one by each search: never many of them.
                gin_pending_list_limit=512,
            ),
            models.Index(fields=["commune", "sort_key"], name="person_of_commune"),
            models.Index(
                fields=["identity_number_index"], condition=~Q(identity_number_index=""), name="person_by_number"
            ),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="person_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_birth_known_from_the_year",
                condition=(Q(birth_month__isnull=True) | Q(birth_year__isnull=False))
                & (Q(birth_day__isnull=True) | Q(birth_month__isnull=False)),
            ),
            models.CheckConstraint(
                name="person_birth_is_a_date",
                condition=(Q(birth_month__isnull=True) | Q(birth_month__range=(1, 12)))
                & (Q(birth_day__isnull=True) | Q(birth_day__range=(1, 31))),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def sex_label(self) -> str:
        return SEX_LABELS[Sex(self.sex)]

    @property
    def birth(self) -> Birth | None:
        if self.birth_year is None:
            return None
        return Birth(self.birth_year, self.birth_month, self.birth_day, self.birth_is_approximate)

    def words_to_find(self, village: str) -> str:
        return words_to_find(self.full_name, self.other_names, village)


def words_to_find(full_name: str, other_names: str, village: str) -> str:
    """Every word somebody may be found by, folded; a blank before each, so that words are found from their start."""
    return f" {fold_name(full_name)} {fold_name(other_names)} {fold_name(village)}".rstrip()


_OF_PERSON = Access(
    read=(Grant(Permission.VIEW_FAMILIES, Through("person")),),
    add=(Grant(Permission.EDIT_FAMILIES, Through("person")),),
)


class FormerNumber(ScopedModel):
    """A number a person bore before the one beside their name: the old 9 digits, or one written wrongly.

    Sealed for `families_formernumber.number:ID`; its hash is the one of `Person.identity_number_index`, so that
    a person is found, and a double met, by any number they ever had.
    """

    protection = Protection.P2
    access = _OF_PERSON

    person = models.ForeignKey(Person, models.PROTECT, related_name="former_numbers")
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.name) for kind in IdentityKind])
    number_sealed = models.BinaryField()
    number_index = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number_index"], name="former_number_once")]
        indexes = [models.Index(fields=["number_index"], name="person_by_former_number")]

    def __str__(self) -> str:
        return f"former {self.kind} of {self.person_id}"


class EarlierValue(ScopedModel):
    """What a corrected field said before, and who changed it when: nothing typed is ever lost."""

    protection = Protection.P2
    append_only: ClassVar = True
    access = _OF_PERSON

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_values")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"before {self.changed_at}"
