"""Questionnaires as data, version by version. A published version is never changed; the next one follows it."""

from django.db import models
from django.db.models import Q

from maiam.contexts.surveys.rules.definition import Definition, from_json
from maiam.platform.access import Access, Anywhere, Grant, Permission, Protection, ScopedModel

_ASKED = Access(
    read=(
        Grant(Permission.KEEP_QUESTIONS, Anywhere()),
        Grant(Permission.RUN_ROUNDS, Anywhere()),
        Grant(Permission.COLLECT_ANSWERS, Anywhere()),
    ),
    add=(Grant(Permission.KEEP_QUESTIONS, Anywhere()),),
    change=(Grant(Permission.KEEP_QUESTIONS, Anywhere()),),
)


class Questionnaire(ScopedModel):
    """What is asked under one code, through all its versions."""

    protection = Protection.P1
    access = _ASKED

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(ScopedModel):
    """One version: a draft until published, then kept as it is, with the workbook it came from."""

    protection = Protection.P1
    access = _ASKED

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    definition = models.JSONField()
    source = models.BinaryField(null=True, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(published_at__isnull=True), name="questionnaire_has_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, bản {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def asked(self) -> Definition:
        return from_json(self.definition)
