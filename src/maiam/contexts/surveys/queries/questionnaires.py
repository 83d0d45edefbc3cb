"""Questionnaires, their versions, and what changed between two of them."""

from dataclasses import dataclass, replace
from uuid import UUID

from maiam.contexts.surveys.models import Questionnaire, QuestionnaireVersion
from maiam.contexts.surveys.rules.definition import Change, Question, QuestionType, changes
from maiam.contexts.surveys.rules.xlsform import situation
from maiam.platform.access import Actor, Permission

_MAY_READ = (
    Permission.COLLECT_ANSWERS,
    Permission.KEEP_QUESTIONS,
    Permission.RUN_ROUNDS,
    Permission.VIEW_STATISTICS,
)


@dataclass(frozen=True)
class QuestionnaireLine:
    """One questionnaire with its versions, the newest first."""

    questionnaire: Questionnaire
    versions: list[QuestionnaireVersion]


@dataclass(frozen=True)
class VersionPage:
    """One version as it will be asked, and how it differs from the one before."""

    version: QuestionnaireVersion
    before: QuestionnaireVersion | None
    changes: list[Change]
    is_asked: bool


@dataclass(frozen=True)
class OwnQuestion:
    """A question of choices that the province asks of households, or of each member; with every choice it ever had."""

    questionnaire: Questionnaire
    question: Question
    is_of_members: bool

    @property
    def takes_several(self) -> bool:
        return self.question.type is QuestionType.SELECT_MULTIPLE

    def after(self, before: "OwnQuestion | None") -> "OwnQuestion":
        """This question of a newer version, which keeps the choices that only the older ones offered."""
        if before is None:
            return self
        gone = tuple(one for one in before.question.choices if one.name not in self.question.labels)
        return replace(self, question=replace(self.question, choices=self.question.choices + gone))


def questionnaires(actor: Actor) -> list[QuestionnaireLine]:
    """Every questionnaire of the province, by title."""
    actor.require(Permission.KEEP_QUESTIONS)
    rows = Questionnaire.objects.visible_to(actor).order_by("title", "id")
    versions = QuestionnaireVersion.objects.visible_to(actor).defer("source", "definition").order_by("-number")
    by_questionnaire: dict[UUID, list[QuestionnaireVersion]] = {}
    for one in versions:
        by_questionnaire.setdefault(one.questionnaire_id, []).append(one)
    return [QuestionnaireLine(row, by_questionnaire.get(row.id, [])) for row in rows]


def questions_of_the_province(actor: Actor) -> list[OwnQuestion]:
    """Every question of choices that a published questionnaire asks beside the house's own, as it was last asked."""
    actor.require(Permission.KEEP_HOUSE)
    rows = QuestionnaireVersion.objects.visible_to(actor).filter(published_at__isnull=False).defer("source")
    found: dict[tuple[UUID, str], OwnQuestion] = {}
    for row in rows.select_related("questionnaire").order_by("questionnaire__title", "questionnaire_id", "number"):
        for group, question in row.asked.asked():
            if question.name not in situation().questions and question.choices:
                key = row.questionnaire_id, question.name
                found[key] = OwnQuestion(row.questionnaire, question, group.is_of_members).after(found.get(key))
    return list(found.values())


def published_versions(actor: Actor) -> list[QuestionnaireVersion]:
    """The last published version of each questionnaire: what a new round may ask."""
    actor.require(Permission.RUN_ROUNDS)
    rows = QuestionnaireVersion.objects.visible_to(actor).filter(published_at__isnull=False).defer("source")
    newest = {row.questionnaire_id: row for row in rows.order_by("number")}
    return sorted(newest.values(), key=lambda row: row.title)


def version(actor: Actor, version_id: UUID) -> QuestionnaireVersion:
    """One version, for whoever asks or counts by it. Raises `NotFoundError`."""
    actor.require_one(*_MAY_READ)
    return QuestionnaireVersion.objects.defer("source").find(actor, version_id)


def version_to_ask(actor: Actor, version_id: UUID) -> QuestionnaireVersion:
    """One version, for a phone that asks by it. Raises `NotFoundError`."""
    actor.require(Permission.COLLECT_ANSWERS)
    return version(actor, version_id)


def version_page(actor: Actor, version_id: UUID, *, against: UUID | None = None) -> VersionPage:
    """One version beside the one before it, or beside `against`. Raises `NotFoundError`."""
    actor.require(Permission.KEEP_QUESTIONS)
    row = QuestionnaireVersion.objects.select_related("questionnaire").find(actor, version_id)
    others = QuestionnaireVersion.objects.visible_to(actor).filter(questionnaire_id=row.questionnaire_id)
    earlier = others.filter(number__lt=row.number).order_by("-number")
    before = others.filter(id=against).first() if against else earlier.first()
    found = changes(before.asked, row.asked) if before else []
    return VersionPage(row, before, found, row.rounds.visible_to(actor).exists())
