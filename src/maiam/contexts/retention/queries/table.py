"""One table that tells all retention: what, how long, since when, on what ground, who set it."""

from dataclasses import dataclass

from maiam.contexts.retention.models import PeriodSet
from maiam.contexts.retention.rules import Kind
from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes.personal_data import Carried, RetentionRule, retention_rules
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

_CARRIED_WORDS = {
    Carried.TWO_PEOPLE: "Hai người đồng ý",
    Carried.ITSELF: "Tự động",
    Carried.KEPT: "Không xóa",
}


@dataclass(frozen=True)
class TableRow:
    """One class, with the period in force."""

    rule: RetentionRule
    months: int | None
    period: str
    ground: str
    is_law: bool
    carried: str


@dataclass(frozen=True)
class PeriodPage:
    row: TableRow
    earlier: list[PeriodSet]


def table(actor: Actor) -> list[TableRow]:
    """Every class the house holds, in the order of the list."""
    actor.require(Permission.VIEW_RETENTION)
    newest = _newest(actor)
    return [_row(rule, newest.get(rule.code)) for rule in retention_rules().values()]


def months_in_force(actor: Actor, kind: Kind) -> int:
    """The article's period once it is confirmed; else the newest the province set; else the list's."""
    actor.require(Permission.VIEW_RETENTION)
    rule = retention_rules()[kind]
    return _months(rule, _newest(actor).get(kind)) or 0


def period_page(actor: Actor, code: str) -> PeriodPage:
    """One class whose period may be set. Raises `NotFoundError` where none may."""
    actor.require(Permission.KEEP_RETENTION)
    rule = retention_rules().get(code)
    if rule is None or not rule.is_editable:
        raise NotFoundError
    earlier = list(PeriodSet.objects.visible_to(actor).filter(code=code).order_by("-at", "-id"))
    return PeriodPage(_row(rule, earlier[0] if earlier else None), earlier)


def _newest(actor: Actor) -> dict[str, PeriodSet]:
    return {row.code: row for row in PeriodSet.objects.visible_to(actor).order_by("at", "id")}


def _months(rule: RetentionRule, newest: PeriodSet | None) -> int | None:
    return newest.months if newest and rule.is_editable else rule.limit


def _row(rule: RetentionRule, newest: PeriodSet | None) -> TableRow:
    months = _months(rule, newest) if rule.carried is Carried.TWO_PEOPLE else None
    return TableRow(
        rule=rule,
        months=months,
        period=in_words(rule, months),
        ground=in_vietnamese(rule.legal) if rule.legal else "Chưa có điều luật về thời hạn được đối chiếu",
        is_law=rule.is_confirmed,
        carried=_CARRIED_WORDS[rule.carried],
    )


def in_words(rule: RetentionRule, months: int | None) -> str:
    if months is not None:
        return f"{months // 12} năm" if months % 12 == 0 else f"{months} tháng"
    if rule.limit is None:
        return "Chưa đặt thời hạn"
    return f"{rule.limit // 24} ngày" if rule.limit > 24 else f"{rule.limit} giờ"
