"""The case of H'Lan Niê after the worst nearly happened."""

from collections.abc import Callable
from datetime import date

import pytest

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.reviews import services
from maiam.contexts.reviews.models import Review
from maiam.contexts.reviews.rules import Kind
from maiam.contexts.reviews.services import Asked
from maiam.platform.access import acting


@pytest.fixture
def asked(lan, case: Case, now) -> Review:
    about = Asked(kind=Kind.NEAR_DEATH, happened_on=date(2026, 11, 22), reason="Chị bị siết cổ, ngất đi.")
    with acting(lan):
        return services.ask_review(actor=lan, case_id=case.id, asked=about, now=now)


@pytest.fixture
def opened_review(asked: Review, chairwoman, now) -> Review:
    with acting(chairwoman):
        return services.answer_review(actor=chairwoman, review_id=asked.id, agrees=True, now=now)


@pytest.fixture
def learn(lan, opened_review: Review, now) -> Callable[[], None]:
    def record() -> None:
        with acting(lan):
            services.record_lesson(actor=lan, review_id=opened_review.id, words="Hỏi về siết cổ ngay lần đầu.", now=now)

    return record
