"""Take in, replace and publish questionnaires. What is published stays as it is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.surveys.models import Questionnaire, QuestionnaireVersion
from maiam.contexts.surveys.rules.definition import Definition, to_json
from maiam.contexts.surveys.rules.xlsform import read_xlsform, situation
from maiam.contexts.surveys.rules.xlsform_rows import Problem
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NotTakenError(DomainError):
    """The workbook has problems, each said by sheet, row and column."""

    code = "surveys.questionnaire_not_taken"
    field = "file"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"Chưa nhận được bộ câu hỏi: có {len(problems)} chỗ phải sửa.")
        self.problems = problems


class AlreadyPublishedError(DomainError):
    code = "surveys.already_published"
    message = "Bản này đã phát hành, không sửa được nữa. Hãy gửi một bản mới."


class NothingNewError(DomainError):
    code = "surveys.nothing_new"
    message = "Không có câu nào khác bản đã phát hành."


@transaction.atomic
def upload_version(*, actor: Actor, content: bytes, file_name: str, now: datetime) -> QuestionnaireVersion:
    """Take a workbook in as the draft of its questionnaire; a draft already there gives way.

    Raises `NotTakenError`, `NothingNewError`.
    """
    actor.require(Permission.KEEP_QUESTIONS)
    reading = read_xlsform(content)
    if reading.definition is None:
        raise NotTakenError(reading.problems)
    return _save_draft(actor, reading.definition, now, source=content, source_name=file_name)


@transaction.atomic
def publish_version(*, actor: Actor, version_id: UUID, now: datetime) -> QuestionnaireVersion:
    """Let rounds ask this version from now on.

    Raises `AlreadyPublishedError`; `NotFoundError`.
    """
    actor.require(Permission.KEEP_QUESTIONS)
    version = QuestionnaireVersion.objects.select_for_update(of=("self",)).find(actor, version_id)
    if version.is_published:
        raise AlreadyPublishedError
    version.published_at, version.published_by = now, actor.name
    version.save(update_fields=["published_at", "published_by"])
    questionnaire = version.questionnaire
    questionnaire.title = version.title
    questionnaire.save(update_fields=["title"])
    audit.record(actor, "surveys.questionnaire.published", version, at=now)
    return version


@transaction.atomic
def publish_situation(*, actor: Actor, now: datetime) -> QuestionnaireVersion:
    """Publish the house's own questions, with none of the province's.

    Raises `NothingNewError` when they are published as they are.
    """
    actor.require(Permission.KEEP_QUESTIONS)
    version = _save_draft(actor, situation(), now, source=None, source_name="")
    return publish_version(actor=actor, version_id=version.id, now=now)


def _save_draft(
    actor: Actor, definition: Definition, now: datetime, *, source: bytes | None, source_name: str
) -> QuestionnaireVersion:
    questionnaire, _ = Questionnaire.objects.get_or_create(
        code=definition.code, defaults={"title": definition.title, "made_at": now}
    )
    versions = QuestionnaireVersion.objects.select_for_update(of=("self",)).filter(questionnaire=questionnaire)
    last = versions.filter(published_at__isnull=False).order_by("-number").first()
    if last and last.asked == definition:
        raise NothingNewError
    draft = versions.filter(published_at__isnull=True).first()
    version = draft or QuestionnaireVersion(questionnaire=questionnaire, number=last.number + 1 if last else 1)
    version.title, version.definition = definition.title, to_json(definition)
    version.source, version.source_name = source, source_name
    version.uploaded_at, version.uploaded_by = now, actor.name
    version.save()
    audit.record(actor, "surveys.questionnaire.uploaded", version, at=now)
    return version
