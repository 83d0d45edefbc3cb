"""The case of H'Lan Niê with everything that must not leave planted in it."""

import pytest

from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.contacts import events
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.safe_rule import SafeRule, Way
from maiam.contexts.disclosures import services
from maiam.contexts.disclosures.models import CourtFile
from maiam.contexts.disclosures.services import Request
from maiam.platform.access import acting

HER_NUMBER, LETTERS, COVER = "+84905777888", "Quán cà phê Hương Rừng", "Hợp tác xã mời họp"
REQUEST = Request(
    authority="Tòa án nhân dân khu vực 5",
    request="Công văn số 12/TA ngày 20/11/2026",
    ground="Theo yêu cầu cung cấp chứng cứ của Tòa án",
)


@pytest.fixture
def rule(lan, case, now) -> SafeRule:
    laid = SafeRule(ways=frozenset({Way.CALL, Way.LETTER}), phone=HER_NUMBER, cover_words=COVER, letter_to=LETTERS)
    with acting(lan):
        to = events.addressed(lan, case.subject, now)
        contacts.lay_down_rule(actor=lan, to=to, rule=laid, now=now)
    return laid


@pytest.fixture
def drafted(lan, case, ordered, rule, now) -> CourtFile:
    with acting(lan):
        return services.ask_court_file(actor=lan, case_id=case.id, request=REQUEST, now=now)


@pytest.fixture
def issued(drafted, chairwoman, now) -> CourtFile:
    with acting(chairwoman):
        return services.answer_court_file(actor=chairwoman, file_id=drafted.id, agrees=True, now=now)
