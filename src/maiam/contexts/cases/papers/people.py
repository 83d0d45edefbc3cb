"""The people and places of a measure as papers name them."""

from maiam.contexts.cases.models import NoContact, OfficialDocument, PaperFromAbove
from maiam.contexts.places.models import Unit
from maiam.contexts.places.queries import province_of
from maiam.contexts.places.rules import Kind
from maiam.core.papers.forms.facts import Commune, CommuneKind, DecisionReference, Perpetrator, ProtectedPerson
from maiam.core.text import VIETNAM

_KINDS = {Kind.XA: CommuneKind.XA, Kind.PHUONG: CommuneKind.PHUONG, Kind.DAC_KHU: CommuneKind.DAC_KHU}


def commune_of(unit: Unit) -> Commune:
    """Name a commune as papers do: its kind in small letters, then its own name."""
    kind = _KINDS[Kind(unit.kind)]
    return Commune(kind, unit.name[len(kind) + 1 :], _province_in_words(province_of(unit)))


def _province_in_words(province: Unit) -> str:
    """ "tỉnh Lâm Đồng", "thành phố Huế": the list names cities with their kind and provinces without."""
    if Kind(province.kind) is Kind.THANH_PHO:
        return f"thành phố {province.name.removeprefix('Thành phố ')}"
    return f"tỉnh {province.name.removeprefix('Tỉnh ')}"


def perpetrator_of(measure: NoContact) -> Perpetrator:
    return Perpetrator(measure.perpetrator_name, measure.perpetrator_birth_year, measure.perpetrator_residence)


def protected_of(measure: NoContact) -> ProtectedPerson:
    return ProtectedPerson(measure.victim_name, measure.victim_birth_year)


def reference_to(order: OfficialDocument | PaperFromAbove) -> DecisionReference:
    """How other papers refer to the order: its own commune issued it, or an authority above."""
    issued_on = order.issued_at.astimezone(VIETNAM).date()
    if isinstance(order, OfficialDocument):
        return DecisionReference(order.number, issued_on, commune_of(order.commune))
    return DecisionReference(order.number_text, issued_on, commune_of(order.no_contact.commune), order.authority)
