"""The rounds of the demonstration, told in one village of two homes."""

from random import Random

import pytest

from maiam.contexts.surveys.models import Assignment, Round, Sheet
from maiam.contexts.surveys.rules.rounds import RoundState
from maiam.contexts.surveys.tests.conftest import homes  # noqa: F401 - two homes of Bon Bu Đăk
from maiam.web.demo import rounds

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("homes", "village_head", "mai", "lan")
def test_one_round_has_ended_and_one_runs(commune, now):
    rounds.publish_questions(commune, now)
    collectors = rounds.Collectors(commune, Random(195))
    collectors.end_a_round(now)
    collectors.run_a_round(now)

    assert sorted(Round.objects.values_list("state", flat=True)) == [RoundState.CLOSED, RoundState.RUNNING]
    assert Sheet.objects.filter(round__state=RoundState.CLOSED).count() == 2
    assert Sheet.objects.filter(answers__household__has_keys=["duong_vao_nha", "nguon_tin"]).exists()
    assert Assignment.objects.filter(round__state=RoundState.CLOSED, handed_in_at__isnull=True).count() == 0
