"""Why a request about own data is refused (refusal_grounds.yaml); how long what is held is kept (retention.yaml)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from maiam.core.law.codes.reading import Labelled, Row, by_code, read


class RefusalGround(Labelled):
    legal: str

    @property
    def is_doubtful_law(self) -> bool:
        """Cites an article that was not compared with its text; a ground of fact cites none."""
        return bool(self.legal) and not self.is_confirmed


class Carried(StrEnum):
    """How the end of a period is carried out."""

    TWO_PEOPLE = "two_people"
    ITSELF = "itself"
    KEPT = "kept"


class RetentionRule(Row):
    """One class of what the house holds. Without a limit it is kept."""

    vi: str
    since: str
    after: str
    limit: int | None = Field(default=None, gt=0)
    unit: Literal["hour", "month"] | None = None
    carried: Carried
    legal: str

    @model_validator(mode="after")
    def _fits_how_it_is_carried(self) -> "RetentionRule":
        unit = {Carried.TWO_PEOPLE: "month", Carried.ITSELF: "hour", Carried.KEPT: None}[self.carried]
        if self.unit != unit or (self.limit is None) != (unit is None):
            raise ValueError("two_people counts months, itself hours, kept has no limit")
        return self

    @property
    def is_editable(self) -> bool:
        """The province sets what no confirmed article says, where somebody carries it out."""
        return self.carried is Carried.TWO_PEOPLE and not self.is_confirmed


@cache
def refusal_grounds() -> Mapping[str, RefusalGround]:
    return by_code(RefusalGround, read("refusal_grounds")["items"], "refusal_grounds.yaml")


@cache
def retention_rules() -> Mapping[str, RetentionRule]:
    return by_code(RetentionRule, read("retention")["items"], "retention.yaml")
