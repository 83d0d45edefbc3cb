"""A case of H'Lan Niê, opened from an incident with her husband."""

from datetime import timedelta
from uuid import UUID

import pytest

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.risk import services
from maiam.core.risk import NO, YES, latest
from maiam.platform.access import acting

CALM = {question.code: question.choices[0].code if question.choices else NO for question in latest().questions}
GRAVE = CALM | {"strangled": YES, "gun": YES, "threat_kill": YES, "weapon_threat": YES}


@pytest.fixture
def case_id(opened) -> UUID:
    return opened.case_ids[0]


@pytest.fixture
def sign(lan, case_id, now):
    def sign_it(answers=CALM, *, note="", by=lan, after=timedelta(0)):
        with acting(by):
            return services.sign_assessment(actor=by, case_id=case_id, answers=answers, note=note, now=now + after)

    return sign_it


@pytest.fixture
def case(case_id) -> Case:
    return Case.objects.get(id=case_id)
