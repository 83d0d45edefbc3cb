"""The home in Đắk Mil with what was reported, opened and asked for: many tests here ask who sees it."""

from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - one cast of stories for all
