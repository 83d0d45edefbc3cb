"""One household in a round: page by page as it is asked, and two sheets side by side where they differ."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maiam.contexts.families.models import Household
from maiam.contexts.families.queries import MemberLine
from maiam.contexts.surveys.models import Assignment, Draft, Sheet
from maiam.contexts.surveys.queries.rounds import household_of
from maiam.contexts.surveys.queries.settings import current_sheet, members_of, own_post, previous_sheet, setting_from
from maiam.contexts.surveys.rules.answering import Person, Setting, Verdict, is_relevant, judge, scene_of_member
from maiam.contexts.surveys.rules.definition import HOUSEHOLD, MEMBERS, Definition, Group, Question
from maiam.contexts.surveys.rules.generations import TOLD_LABELS
from maiam.core.text import write_date, write_number
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

MEMBER_MARK = "~"


@dataclass(frozen=True)
class PageOfSheet:
    """One page: a group of questions, of the household or of one member."""

    key: str
    group: Group
    label: str
    member: Person | None
    is_filled: bool
    faults: int

    @property
    def member_id(self) -> str:
        return self.member.id if self.member else ""


@dataclass(frozen=True)
class HouseholdSheet:
    """A household as it is being asked in a round."""

    assignment: Assignment
    household: Household
    definition: Definition
    members: list[MemberLine]
    setting: Setting
    pages: list[PageOfSheet]
    answers: dict[str, Any]
    reasons: dict[str, str]
    verdict: Verdict
    draft: Draft | None
    current: Sheet | None
    previous: Sheet | None
    waiting: list[Sheet]

    @property
    def told(self) -> list[tuple[str, Any]]:
        """What the register tells by itself, in words."""
        kinds = self.definition.questions["loai_ho"].labels if "loai_ho" in self.definition.questions else {}
        return [
            (label, kinds.get(str(value), value) or "Sổ chưa cho biết") if name == "loai_ho_theo_so" else (label, value)
            for name, label in TOLD_LABELS.items()
            for value in [self.setting.told[name]]
        ]

    @property
    def is_complete(self) -> bool:
        return not self.verdict.hard and not self.verdict.unexplained(self.reasons)

    @property
    def can_be_as_before(self) -> bool:
        """What was answered the last time still answers every question."""
        return self.previous is not None and not judge(self.definition, self.previous.answers, self.setting).hard

    def page(self, key: str) -> PageOfSheet:
        """One page. Raises `NotFoundError`."""
        found = next((page for page in self.pages if page.key == key), None)
        if found is None:
            raise NotFoundError
        return found

    def after(self, key: str) -> PageOfSheet | None:
        """The page that follows."""
        keys = [page.key for page in self.pages]
        at = keys.index(key) + 1 if key in keys else len(keys)
        return self.pages[at] if at < len(keys) else None

    def around(self, page: PageOfSheet) -> dict[str, Any]:
        """What the questions of a page may name."""
        household = {**self.setting.told, **self.answers.get(HOUSEHOLD, {})}
        if page.member is None:
            return household
        theirs = self.answers.get(MEMBERS, {}).get(page.member.id, {})
        return scene_of_member(self.setting, self.answers.get(HOUSEHOLD, {}), page.member, theirs)

    def values(self, page: PageOfSheet) -> dict[str, Any]:
        """What is answered on a page so far."""
        if page.member is None:
            return dict(self.answers.get(HOUSEHOLD, {}))
        return dict(self.answers.get(MEMBERS, {}).get(page.member.id, {}))


def household_sheet(actor: Actor, assignment_id: UUID, household_id: UUID, now: datetime) -> HouseholdSheet:
    """Open one household of a village in a round. Raises `NotFoundError`."""
    actor.require(Permission.COLLECT_ANSWERS)
    row = Assignment.objects.select_related("round__version", "village").find(actor, assignment_id)
    household = household_of(actor, row, household_id)
    post_id = own_post(actor)
    drafts = Draft.objects.visible_to(actor).filter(assignment=row, household=household, post_id=post_id)
    draft = drafts.filter(sent_at__isnull=True).first()
    current = current_sheet(actor, row.round_id, household.id)
    members = members_of(actor, household, now)
    setting = setting_from(members, now)
    definition = row.round.version.asked
    source: Draft | Sheet | None = draft or current
    answers = source.answers if source else {}
    verdict = judge(definition, answers, setting)
    waiting = Sheet.objects.visible_to(actor).filter(round_id=row.round_id, household=household, standing="waiting")
    audit.record_read(actor, "surveys.household.opened", household, at=now)
    return HouseholdSheet(
        assignment=row,
        household=household,
        definition=definition,
        members=members,
        setting=setting,
        pages=_pages(definition, members, setting, verdict, answers),
        answers=answers,
        reasons=source.reasons if source else {},
        verdict=verdict,
        draft=draft,
        current=current,
        previous=previous_sheet(actor, row.round, household.id),
        waiting=list(waiting.order_by("received_at")),
    )


def _pages(
    definition: Definition, members: list[MemberLine], setting: Setting, verdict: Verdict, answers: dict[str, Any]
) -> list[PageOfSheet]:
    """Every page that is to be asked, the household's first, then member by member."""
    told = answers.get(HOUSEHOLD, {})
    pages = []
    for group in definition.household_groups:
        if is_relevant(group, {**setting.told, **told}, setting.today):
            pages.append(_page(group, group.label, None, verdict))
    for person, line in zip(setting.people, members, strict=True):
        around = scene_of_member(setting, told, person, answers.get(MEMBERS, {}).get(person.id, {}))
        for group in definition.member_groups:
            if is_relevant(group, around, setting.today):
                pages.append(_page(group, f"{line.person.full_name}: {group.label.lower()}", person, verdict))
    return pages


def _page(group: Group, label: str, member: Person | None, verdict: Verdict) -> PageOfSheet:
    names = {question.name for question in group.questions}
    of = member.id if member else ""
    answered = verdict.answers[MEMBERS].get(of, {}) if member else verdict.answers[HOUSEHOLD]
    faults = [fault for fault in verdict.hard if fault.question in names and fault.member == of]
    key = f"{group.name}{MEMBER_MARK}{of}" if member else group.name
    return PageOfSheet(key, group, label, member, bool(names & answered.keys()), len(faults))


# --- two sheets of one household


@dataclass(frozen=True)
class DifferenceLine:
    """One question answered otherwise in two sheets."""

    label: str
    waiting: str
    current: str


@dataclass(frozen=True)
class ConflictPage:
    """A sheet that waits beside the one that counts."""

    sheet: Sheet
    current: Sheet | None
    lines: list[DifferenceLine]
    can_take: bool


def conflict(actor: Actor, sheet_id: UUID, now: datetime) -> ConflictPage:
    """Open a waiting sheet beside the one that counts. Raises `NotFoundError`."""
    actor.require(Permission.COLLECT_ANSWERS)
    row = Sheet.objects.select_related("round", "household", "village", "version", "assignment").find(actor, sheet_id)
    current = current_sheet(actor, row.round_id, row.household_id)
    names = {str(line.person.id): line.person.full_name for line in members_of(actor, row.household, now)}
    audit.record_read(actor, "surveys.sheet.opened", row, at=now)
    return ConflictPage(row, current, _differences(row, current, names), row.is_waiting and row.round.is_running)


def _differences(sheet: Sheet, current: Sheet | None, names: dict[str, str]) -> list[DifferenceLine]:
    asked = sheet.version.asked
    one, other = flat(sheet), flat(current) if current else {}
    lines = []
    for member, name in sorted({*one, *other}):
        if one.get((member, name)) == other.get((member, name)):
            continue
        question = asked.questions.get(name)
        label = question.label if question else name
        who = f"{names.get(member, 'Người đã rời hộ')}: " if member else ""
        told = [in_words(question, values.get((member, name))) for values in (one, other)]
        lines.append(DifferenceLine(f"{who}{label}", *told))
    return lines


def flat(sheet: Sheet) -> dict[tuple[str, str], Any]:
    """Every answer of a sheet by whose it is and its question."""
    found = {("", name): value for name, value in sheet.answers.get(HOUSEHOLD, {}).items()}
    for member, answers in sheet.answers.get(MEMBERS, {}).items():
        found |= {(member, name): value for name, value in answers.items()}
    return found


def in_words(question: Question | None, value: Any) -> str:
    """An answer as people read it."""
    if value in (None, "", []):
        return "Chưa trả lời"
    labels = question.labels if question else {}
    if isinstance(value, list):
        return ", ".join(labels.get(one, str(one)) for one in value)
    if isinstance(value, int | float):
        return write_number(value)
    if question and question.type == "date":
        return write_date(date.fromisoformat(value))
    return labels.get(value, str(value))
