"""From a case to the file a court may have: dates, acts, decisions. No words of anybody, no third person's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.cases.papers import commune_of
from maiam.contexts.cases.queries import CaseDetail, IncidentDetail, MeasureLine
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.disclosures.models import CourtFile
from maiam.contexts.disclosures.rules import LEFT_OUT, Secret
from maiam.contexts.measures.queries import MeasureLine as OtherMeasure
from maiam.core.papers import BY_HAND, OfficialPaper
from maiam.core.papers.forms.court_file import CourtFileFacts, Section, court_file
from maiam.core.papers.forms.facts import ProtectedPerson, Signer
from maiam.core.text import write_datetime


@dataclass(frozen=True)
class Held:
    """What is on record of a case, as the signer may read it, and what of it stays here."""

    case: CaseDetail
    measures: list[OtherMeasure]
    levels: list[tuple[datetime, str]]
    deliveries: list[tuple[str, str, str]]
    breaches: list[tuple[datetime, str]]
    left_out: dict[Secret, int]


def write(row: CourtFile, held: Held, *, signer: str, at: datetime | None) -> OfficialPaper:
    """Write the file; without a moment and a signer it is the draft both people read. Raises `MissingFactError`."""
    request, case = row.request, held.case.case
    return court_file(
        CourtFileFacts(
            commune=commune_of(row.commune),
            number=BY_HAND,
            issued_at=at or BY_HAND,
            signer=Signer(signer),
            authority=request["authority"],
            request=request["request"],
            ground=request["ground"],
            case_code=case.code,
            opened_at=case.opened_at,
            protected_person=ProtectedPerson(case.person_name),
            sections=tuple(_sections(held)),
            left_out=tuple(why_left_out(held.left_out)),
        )
    )


def why_left_out(counts: dict[Secret, int]) -> list[tuple[str, str]]:
    """What was left out with how much there is of it, and why; a kind of which there is nothing is not named."""
    told = []
    for secret, (what, why) in LEFT_OUT.items():
        count = counts.get(secret, 0)
        if count:
            told.append((f"{what} ({count})" if count > 1 else what, why))
    return told


def _sections(held: Held) -> Iterable[Section]:
    case = held.case
    yield Section(
        title="Sự việc",
        columns=(("Lúc", 0.22), ("Hành vi", 0.5), ("Kiểm tra", 0.28)),
        rows=tuple(_incident(one) for one in case.incidents),
    )
    yield Section(
        title="Người có hành vi bạo lực",
        columns=(("Họ tên", 1.0),),
        rows=tuple(sorted({row for one in case.incidents for row in _accused(one)})),
    )
    yield Section(
        title="Cấm tiếp xúc",
        columns=(("Với", 0.34), ("Đề nghị", 0.22), ("Từ", 0.22), ("Đến", 0.22)),
        rows=tuple(_order(one) for one in case.measures),
    )
    yield Section(
        title="Quyết định đã giao",
        columns=(("Văn bản", 0.4), ("Nơi nhận", 0.3), ("Lúc nhận", 0.3)),
        rows=tuple(held.deliveries),
    )
    yield Section(
        title="Vi phạm quyết định cấm tiếp xúc",
        columns=(("Lúc", 0.3), ("Vi phạm", 0.7)),
        rows=tuple((write_datetime(at), what) for at, what in held.breaches),
    )
    yield Section(
        title="Biện pháp khác",
        columns=(("Biện pháp", 0.5), ("Đến đâu", 0.25), ("Từ", 0.25)),
        rows=tuple((one.label, one.state_label, _moment(one.starts_at)) for one in held.measures),
    )
    yield Section(
        title="Mức nguy cơ qua các lần đánh giá",
        columns=(("Lúc", 0.4), ("Mức", 0.6)),
        rows=tuple((write_datetime(at), level) for at, level in held.levels),
    )


def _incident(one: IncidentDetail) -> tuple[str, str, str]:
    return (one.when, "; ".join(f"{act.label} ({act.article})" for act in one.acts), one.verification_label)


def _accused(one: IncidentDetail) -> Iterable[tuple[str]]:
    """By name alone: what they are to others of the home would name those."""
    for party in one.parties:
        if party.role is PartyRole.AGGRESSOR:
            yield (party.name,)


def _order(one: MeasureLine) -> tuple[str, str, str, str]:
    return (
        f"{one.perpetrator_name} ({one.state_label.lower()})",
        _moment(one.requested_at),
        _moment(one.starts_at),
        _moment(one.stopped_at or one.ends_at),
    )


def _moment(at: datetime | None) -> str:
    return write_datetime(at) if at else "—"
