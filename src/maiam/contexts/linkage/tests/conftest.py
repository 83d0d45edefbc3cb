import pytest

from maiam.contexts.families import services as families
from maiam.contexts.families.rules import Sex
from maiam.contexts.linkage import services
from maiam.contexts.linkage.models import CandidatePair
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("a test")


@pytest.fixture
def write(lan, commune, now):
    """Write a person down in the register of a commune: by Lan, in hers."""

    def down(name="Nguyễn Thị Hoà", *, by=lan, **facts):
        known = {"commune_id": by.commune_ids[0], "sex": Sex.FEMALE, "birth": PartialDate(1984, 3, 12), **facts}
        with acting(by):
            return families.register_person(actor=by, facts=families.PersonFacts(full_name=name, **known), now=now)

    return down


@pytest.fixture
def search(now):
    """Let the house search the register, as it does at night."""

    def through(**options):
        with acting(HOUSE):
            return services.find_doubles(actor=HOUSE, now=now, **options)

    return through


@pytest.fixture
def pair(write, search) -> CandidatePair:
    """One woman written down twice, found."""
    write(phone="+84905000111")
    write("NGUYEN THI HOA", phone="+84905000111")
    search()
    return CandidatePair.objects.get()
