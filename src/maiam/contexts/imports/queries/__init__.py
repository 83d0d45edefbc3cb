"""Lists that came in: which there are, how far each is, what was found in it, its file piece by piece."""

from maiam.contexts.imports.queries.files import file_pieces, marked_pieces, place_of_piece
from maiam.contexts.imports.queries.lists import (
    OneList,
    imported_list,
    imported_lists,
    known_words,
    one_list,
    own_commune,
    twin_of,
)
from maiam.contexts.imports.queries.parts import (
    HomeLine,
    OpenedPart,
    ProblemLine,
    Shown,
    all_problems,
    homes_page,
    opened,
    place_of_part,
    problems_page,
)
from maiam.contexts.imports.queries.register import register_for, settled_for

__all__ = [
    "HomeLine",
    "OneList",
    "OpenedPart",
    "ProblemLine",
    "Shown",
    "all_problems",
    "file_pieces",
    "homes_page",
    "imported_list",
    "imported_lists",
    "known_words",
    "marked_pieces",
    "one_list",
    "opened",
    "own_commune",
    "place_of_part",
    "place_of_piece",
    "problems_page",
    "register_for",
    "settled_for",
    "twin_of",
]
