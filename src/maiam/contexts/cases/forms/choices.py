"""Labels of a code list as the choices of a field."""

from collections.abc import Mapping
from typing import TypeVar

Code = TypeVar("Code", bound=str)
Choices = list[tuple[str, str]]


def choices(labels: Mapping[Code, str]) -> Choices:
    """The list itself, for radios and boxes."""
    return [(str(code), label) for code, label in labels.items()]


def choices_after_blank(labels: Mapping[Code, str]) -> Choices:
    """The list behind an empty line, for a select nobody may overlook."""
    return [("", "Chọn"), *choices(labels)]
