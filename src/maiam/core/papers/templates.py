"""One writer for every template of the registry: the facts asked for, the text filled in, or what is missing named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from maiam.core.law.codes.paper_templates import PaperTemplate, paper_facts
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import Commune, Signer, need_signer
from maiam.core.papers.missing import Needs
from maiam.core.papers.paper import Article, Block, Field, Fill, Issuer, Line, Number, OfficialPaper, Signature
from maiam.core.papers.wording import day_of

_BASES = {
    "local_government": bases.LOCAL_GOVERNMENT,
    "law": bases.LAW,
    "law_children": bases.LAW_CHILDREN,
    "decree_76": bases.DECREE_76,
}
_BY_PEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the text: the issuing commune, whether its police issue, who signs and when, who receives it."""

    commune: Commune
    by_police: bool
    article: str
    signer: Signer | None = None
    issued_at: datetime | None = None
    recipients: tuple[str, ...] = ()

    @property
    def issuer(self) -> Issuer:
        return self.commune.police() if self.by_police else self.commune.committee()

    @property
    def decider(self) -> str:
        return self.commune.police_chief if self.by_police else self.commune.chair


def write_paper(template: PaperTemplate, facts: Mapping[str, str], frame: Frame) -> OfficialPaper:
    """Write a paper from its template. Raises `MissingFactError`, which names every fact it waits for."""
    _check(template, facts, frame)
    known = {fact.code: facts[fact.code].strip().rstrip(".;") for fact in template.facts} | _given(frame)
    signer = frame.signer
    return OfficialPaper(
        issuer=frame.issuer if template.numbered else None,
        number=Number(None, f"{template.series}-{frame.issuer.abbreviation}") if template.numbered else None,
        place=frame.commune.place,
        issued_on=day_of(frame.issued_at) if template.numbered and frame.issued_at else None,
        type_name=template.type_name,
        abstract=template.abstract.format_map(known),
        authority=frame.decider.upper() if template.articles else "",
        legal_bases=tuple(_BASES[code] for code in template.bases) if template.articles else (),
        enacting_words="QUYẾT ĐỊNH:" if template.articles else "",
        addressed_to=_addressed_to(template, known),
        body=_body(template, known),
        signatures=(*_others(template), *([signer.sign_as(_head(frame))] if template.numbered and signer else ())),
        recipients=(*(f"{one};" for one in frame.recipients), "Lưu: VT.") if template.numbered else (),
    )


def _check(template: PaperTemplate, facts: Mapping[str, str], frame: Frame) -> None:
    need = Needs()
    for fact in template.facts:
        need(facts.get(fact.code), fact.code, paper_facts()[fact.code])
    if template.numbered:
        need_signer(need, frame.signer)
        need(frame.issued_at, "issued_at", "thời điểm ban hành")
    need.check()


def _given(frame: Frame) -> dict[str, str]:
    commune = frame.commune
    return {
        "commune": commune.full_name,
        "chair": commune.chair,
        "police_chief": commune.police_chief,
        "decider": frame.decider,
        "article": frame.article,
    }


def _addressed_to(template: PaperTemplate, known: Mapping[str, str]) -> tuple[str, ...]:
    if template.addressed_to:
        return (template.addressed_to.format_map(known),)
    return (known["decider"],) if template.type_name.startswith("ĐƠN") else ()


def _body(template: PaperTemplate, known: Mapping[str, str]) -> tuple[Block, ...]:
    return (
        *(Article(text.format_map(known)) for text in template.articles),
        *(Line(text.format_map(known)) for text in template.lines),
        *(Field(label, Fill(label, lines=_BY_PEN)) for label in template.by_hand),
    )


def _others(template: PaperTemplate) -> tuple[Signature, ...]:
    return tuple(Signature((capacity,), None, note="(Ký, ghi rõ họ tên)") for capacity in template.signatures)


def _head(frame: Frame) -> str:
    return f"TRƯỞNG CÔNG AN {frame.commune.kind.upper()}" if frame.by_police else "CHỦ TỊCH"
