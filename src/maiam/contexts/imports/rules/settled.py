"""What is known of the words of a list before its rows are read, and which words nobody has settled yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from maiam.contexts.families.rules import MemberRole

OURS, ELSEWHERE, UNKNOWN = "ours", "elsewhere", "unknown"


@dataclass
class Settled:
    """What is known of the words of a list: today's villages by name, and what was answered about unknown words."""

    villages: Mapping[str, int]
    roles: Mapping[str, MemberRole]
    place_of: Callable[[str, str, str], str]
    today: date
    listed_on: date
    first_january_is_filler: bool = False
    # Words nobody has settled yet: (kind, key) -> how they were written, how often.
    open_words: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def asks(self, kind: str, key: str, written: str) -> None:
        self.open_words[kind, key] = (written, self.open_words.get((kind, key), ("", 0))[1] + 1)
