"""When community criticism or service may be ordered: Law 13/2022/QH15 Arts 32-33; before it, the Law of 2007.

Both need two acts of violence within 12 months that were not fined, or a fine and violence after it, by someone who was
of age when it happened. The acts of every commune count. A date known only in part may leave the answer open: None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes.measures import measures
from maiam.core.law.limits import due_at, time_limit
from maiam.core.law.regimes import Regime, criticism_age, name_of, regime_on
from maiam.core.text import VIETNAM, PartialDate, write_date

WINDOW: Final = time_limit("REPEAT_WINDOW")
LEAST_ACTS: Final = 2


@dataclass(frozen=True)
class PastAct:
    """One act of the person, in whichever commune: between two moments, as exactly as it is known."""

    earliest: datetime
    latest: datetime
    commune: str
    is_confirmed: bool
    fined_on: date | None = None

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def in_words(self) -> str:
        """When, where, and how it counts."""
        when = write_date(self.earliest.astimezone(VIETNAM).date())
        if not self.is_exact:
            when = f"từ {when} đến {write_date(self.latest.astimezone(VIETNAM).date())}"
        counted = "" if self.is_confirmed else ", chưa xác nhận nên không tính"
        fined = f", đã phạt ngày {write_date(self.fined_on)}" if self.fined_on else ""
        return f"{when}, {self.commune}{fined}{counted}"


@dataclass(frozen=True)
class Finding:
    """One condition of the law: whether it holds, why, and from which records. `holds` None: not known."""

    code: str
    what: str
    holds: bool | None
    why: str
    article: str
    sources: tuple[str, ...] = ()


def repeated(acts: Sequence[PastAct]) -> bool | None:
    """Whether two acts that were not fined lie within 12 months of each other."""
    counted = sorted((act for act in acts if act.is_confirmed and not act.fined_on), key=lambda act: act.earliest)
    return _any(_within(one, other) for one, other in _pairs(counted))


def went_on_after_a_fine(acts: Sequence[PastAct]) -> bool | None:
    """Whether an act happened after a fine for an earlier one."""
    fines = [act.fined_on for act in acts if act.fined_on]
    return _any(_after(fined_on, act) for fined_on in fines for act in acts if act.is_confirmed and not act.fined_on)


def repeat_or_fined(acts: Sequence[PastAct]) -> Finding:
    """The first condition of Art. 32(1): (a) two acts in 12 months below a fine, or (b) fined and goes on."""
    twice, after_fine = repeated(acts), went_on_after_a_fine(acts)
    holds = _any((twice, after_fine))
    whys = {True: "Đủ điều kiện", False: "Chưa đủ", None: "Chưa rõ: ngày của sự việc chưa đủ chính xác"}
    detail = "đã bị phạt mà vẫn tái phạm" if after_fine else f"{LEAST_ACTS} lần trở lên trong {WINDOW.in_words}"
    return Finding(
        code="repeat_or_fined",
        what=f"Có hành vi từ {LEAST_ACTS} lần trong {WINDOW.in_words} chưa đến mức xử phạt, "
        "hoặc đã bị xử phạt mà còn vi phạm",
        holds=holds,
        why=f"{whys[holds]}: {detail}." if holds else f"{whys[holds]}.",
        article=WINDOW.article,
        sources=tuple(act.in_words for act in sorted(acts, key=lambda act: act.earliest)),
    )


def of_age(acts: Sequence[PastAct], birth: PartialDate | None) -> Finding:
    """Whether the person was of age on the day of the newest act, by the law of that day."""
    newest = max((act for act in acts if act.is_confirmed), key=lambda act: act.latest, default=None)
    regime = regime_on(newest.earliest.astimezone(VIETNAM).date()) if newest else Regime.LAW_2022
    least = least_age(regime)
    holds = _was_of_age(newest, birth, least) if newest else None
    born = write_date(birth) if birth else "chưa biết ngày sinh"
    on = f" vào {newest.in_words}" if newest else ": chưa có sự việc nào được xác nhận"
    return Finding(
        code="adult",
        what=f"Từ đủ {least} tuổi vào ngày có hành vi ({name_of(regime)})",
        holds=holds,
        why={True: "Đủ tuổi", False: "Chưa đủ tuổi", None: "Chưa rõ"}[holds] + on + ".",
        article=in_vietnamese(measures()["M_H_CRITICISM"].legal) if regime is Regime.LAW_2022 else name_of(regime),
        sources=(f"Ngày sinh: {born}",),
    )


def least_age(regime: Regime) -> int:
    """From which age: a figure of the law of the act's day."""
    older = criticism_age(regime)
    return older if older is not None else measures()["M_H_CRITICISM"].age_min or 0


def _pairs(acts: Sequence[PastAct]) -> Iterable[tuple[PastAct, PastAct]]:
    # Neighbours in time are the closest; where only parts of dates are known any two may be.
    if all(act.is_exact for act in acts):
        return pairwise(acts)
    return [(one, other) for place, one in enumerate(acts) for other in acts[place + 1 :]]


def _within(one: PastAct, other: PastAct) -> bool | None:
    """Whether both lie within the window, whichever came first."""
    if due_at(WINDOW, min(one.earliest, other.earliest)) >= max(one.latest, other.latest):
        return True
    nearest = due_at(WINDOW, one.latest) >= other.earliest and due_at(WINDOW, other.latest) >= one.earliest
    return None if nearest else False


def _after(fined_on: date, act: PastAct) -> bool | None:
    if act.earliest.astimezone(VIETNAM).date() > fined_on:
        return True
    return None if act.latest.astimezone(VIETNAM).date() > fined_on else False


def _was_of_age(act: PastAct, birth: PartialDate | None, least: int) -> bool | None:
    if birth is None:
        return None
    if _age(birth.latest, act.earliest.astimezone(VIETNAM).date()) >= least:
        return True
    return None if _age(birth.earliest, act.latest.astimezone(VIETNAM).date()) >= least else False


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True where one is; None where one may be; else False."""
    told = set(answers)
    return True if True in told else None if None in told else False
