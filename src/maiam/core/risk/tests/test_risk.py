"""What an assessment promises: no "none", unknown is not no, more danger never lowers a level, weights as published."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.law.limits import time_limit
from maiam.core.risk import NO, UNKNOWN, YES, AnswerNotKnownError, Level, Scale, again, assess, instrument, latest

DGNC = latest()
PLAIN = [question for question in DGNC.questions if not question.choices]
CRITICAL = [question.code for question in PLAIN if question.critical]


def _answers():
    """Any set of answers the instrument allows."""
    allowed = {
        question.code: st.sampled_from([choice.code for choice in question.choices] or [YES, NO, UNKNOWN])
        for question in DGNC.questions
    }
    return st.fixed_dictionaries(allowed)


def _all_no():
    return {q.code: q.choices[0].code if q.choices else NO for q in DGNC.questions}


def test_nobody_is_ever_at_no_risk():
    assert assess(DGNC, _all_no()).level is Level.LOW


@pytest.mark.parametrize("code", CRITICAL)
def test_one_critical_answer_is_high_at_once_whatever_the_sum(code):
    result = assess(DGNC, _all_no() | {code: YES})

    assert result.level.rank >= Level.HIGH.rank
    assert [reason.code for reason in result.critical] == [code]


def test_a_fresh_breach_of_an_order_is_high_at_once_and_an_old_one_only_keeps_its_points():
    fresh, old = (assess(DGNC, _all_no() | {"order_breached": answer}) for answer in ("live", "past"))

    assert (fresh.level, [reason.code for reason in fresh.critical]) == (Level.HIGH, ["order_breached"])
    assert (old.level, old.critical) == (Level.MEDIUM, [])
    assert [one.scores[1].least for one in (fresh, old)] == [3, 3]


def test_an_assessment_signed_with_the_first_version_reads_as_it_did():
    first = instrument(1)
    answers = {q.code: q.choices[0].code if q.choices else NO for q in first.questions} | {"order_breached": YES}

    assert assess(first, answers).level is Level.HIGH


@given(_answers(), st.sampled_from(PLAIN))
def test_a_yes_never_lowers_what_a_no_gave(answers, question):
    no, yes = (assess(DGNC, answers | {question.code: answer}) for answer in (NO, YES))

    assert yes.level.rank >= no.level.rank
    assert all(more.least >= less.least for more, less in zip(yes.scores, no.scores, strict=True))


@given(_answers(), st.sampled_from(PLAIN))
def test_not_knowing_never_lowers_what_a_no_gave(answers, question):
    no, unknown = (assess(DGNC, answers | {question.code: answer}) for answer in (NO, UNKNOWN))

    assert unknown.level.rank >= no.level.rank


@given(_answers())
def test_the_score_lies_in_its_range_and_the_order_of_answers_does_not_matter(answers):
    result = assess(DGNC, answers)

    assert all(0 <= score.least <= score.most for score in result.scores)
    assert assess(DGNC, dict(reversed(answers.items()))) == result


def test_where_most_is_unknown_the_level_is_not_low():
    result = assess(DGNC, {})

    assert result.level.rank > Level.LOW.rank
    assert len(result.unknown) == len(DGNC.questions)


@pytest.mark.parametrize("question", [q for q in DGNC.questions if q.evidence], ids=lambda question: question.code)
def test_a_weight_is_twice_the_logarithm_of_the_published_odds_at_most_five(question):
    assert question.grave == min(5, round(2 * log(question.evidence.odds_ratio)))


def test_only_a_figure_read_in_its_paper_is_more_than_an_expert_setting():
    assert [question.code for question in DGNC.questions if not question.is_expert_setting] == ["strangled"]


@pytest.mark.parametrize("scale", list(Scale))
def test_levels_are_read_at_their_edges(scale):
    cuts = DGNC.levels[scale]

    assert [cuts.level_of(score) for score in (0, cuts.medium - 1, cuts.medium)] == [Level.LOW, Level.LOW, Level.MEDIUM]
    assert [cuts.level_of(score) for score in (cuts.high - 1, cuts.high)] == [Level.MEDIUM, Level.HIGH]
    assert [cuts.level_of(score) for score in (cuts.very_high - 1, cuts.very_high)] == [Level.HIGH, Level.VERY_HIGH]


@pytest.mark.parametrize("answers", [{"strangled": "maybe"}, {"unheard_of": YES}, {"last_incident": YES}])
def test_an_answer_the_instrument_does_not_have_is_refused(answers):
    with pytest.raises(AnswerNotKnownError):
        assess(DGNC, answers)


def test_reasons_come_with_the_gravest_first():
    reasons = assess(DGNC, _all_no() | {"remote": YES, "gun": YES, "fled": YES}).reasons

    assert [reason.code for reason in reasons] == ["fled", "gun", "remote"]


def test_the_greater_the_danger_the_sooner_it_is_looked_at_again():
    periods = [time_limit(again(level)).duration for level in Level]

    assert periods == sorted(periods, reverse=True)
