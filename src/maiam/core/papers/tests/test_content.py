"""A paper is kept whole: what is printed next year is what was issued today."""

from dataclasses import replace

from maiam.core.papers.content import digest, read_content, write_content
from maiam.core.papers.paper import Urgency


def test_a_paper_comes_back_as_it_was_kept(paper):
    assert read_content(write_content(paper)) == paper


def test_the_mark_of_urgency_is_kept_too(decision):
    urgent = replace(decision, urgency=Urgency.EXPRESS)

    assert read_content(write_content(urgent)) == urgent


def test_one_letter_more_is_another_digest(decision):
    reworded = replace(decision, abstract=f"{decision.abstract}.")

    assert digest(write_content(reworded)) != digest(write_content(decision))
