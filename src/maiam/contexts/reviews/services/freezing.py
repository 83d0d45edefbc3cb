"""Freeze a matter: every row about it as it stands, and what can be read of it, in one text with one hash."""

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model

from maiam.contexts.accounts.models import Account
from maiam.contexts.duties.models import EscalationStep, Notice, Obligation
from maiam.contexts.duties.rules import STATE_LABELS
from maiam.contexts.duties.rules import State as ClockState
from maiam.contexts.measures import queries as measures
from maiam.contexts.reviews.models import Frozen, Review
from maiam.core.papers.content import digest
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, ScopedModel
from maiam.platform.access.models import Tie
from maiam.platform.access.rows import parents_of
from maiam.platform.audit.models import AuditEntry

HOUSE = Actor.system("review")
OURS = "reviews"
_ROUNDS = 4


def freeze_records(*, actor: Actor, review: Review, now: datetime) -> Frozen:
    """Seal the records of the review's case as of now, as the house, which alone sees them all."""
    actor.require(Permission.KEEP_HOUSE)
    ids = _records_of(review.case_id)
    told = {
        "frozen_at": now,
        "case": review.case_code,
        **_readable(review.case_id, ids, now),
        "records": _rows(ids),
    }
    content = json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True)
    row = Frozen(review=review, case_id=review.case_id, frozen_at=now)
    row.keep(content, digest(content))
    row.save(force_insert=True)
    audit.record(actor, "reviews.records.frozen", row, at=now)
    return row


def _records_of(case_id: UUID) -> set[UUID]:
    """Every record of the case's matter: the reports, incidents, cases and what hangs on them."""
    matter = Tie.objects.filter(row_id=case_id).values("matter_id")
    return {case_id, *Tie.objects.filter(matter_id__in=matter).values_list("row_id", flat=True)}


def _rows(ids: set[UUID]) -> dict[str, list[dict[str, Any]]]:
    """The rows themselves: those that hang on a record of the matter, then those reached through them."""
    kept: dict[type[Model], dict[Any, Model]] = {}
    for model in _models():
        if model.access.matter:
            column = model._meta.get_field(model.access.matter).attname  # type: ignore[union-attr]
            kept[model] = {row.pk: row for row in model.objects.filter(**{f"{column}__in": ids})}
    for _ in range(_ROUNDS):
        for model in _models():
            if not model.access.matter:
                kept[model] = kept.get(model, {}) | _reached(model, kept)
    return {
        model._meta.label_lower: [_values(row) for _, row in sorted(rows.items(), key=lambda one: str(one[0]))]
        for model, rows in kept.items()
        if rows
    }


def _reached(model: type[ScopedModel], kept: dict[type[Model], dict[Any, Model]]) -> dict[Any, Model]:
    found: dict[Any, Model] = {}
    for name in parents_of(model.access):
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey) and kept.get(field.related_model):
            rows = model.objects.filter(**{f"{field.attname}__in": list(kept[field.related_model])})
            found |= {row.pk: row for row in rows}
    return found


def _models() -> Iterator[type[ScopedModel]]:
    for model in apps.get_models():
        if issubclass(model, ScopedModel) and model._meta.app_label not in {OURS, "access"}:
            yield model


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _readable(case_id: UUID, ids: set[UUID], now: datetime) -> dict[str, Any]:
    line = measures.timeline_of_case(HOUSE, case_id, now)
    clocks = Obligation.objects.filter(subject_id__in=ids).select_related("owner_post").order_by("started_at", "id")
    return {
        "facts": [{"at": fact.at, "what": fact.what, "more": fact.more} for fact in line.facts],
        "clocks": [
            {
                "what": clock.what,
                "who": clock.owner_post.title,
                "why": f"{clock.limit.in_words}: {clock.limit.article}",
                "started_at": clock.started_at,
                "due_at": clock.late_after,
                "closed_at": clock.closed_at,
                "state": STATE_LABELS[ClockState(clock.state)],
                "is_late": clock.late_after < (clock.closed_at or now),
            }
            for clock in clocks
        ],
        "knew": sorted(_who_knew(ids), key=lambda one: one["at"]),
    }


def _who_knew(ids: set[UUID]) -> Iterator[dict[str, Any]]:
    """Who was told what and when they read it; who opened or changed a record, and when."""
    for notice in Notice.objects.filter(subject_id__in=ids).select_related("to_post"):
        yield {"at": notice.sent_at, "who": notice.to_post.title, "what": notice.what, "read_at": notice.read_at}
    steps = EscalationStep.objects.filter(obligation__subject_id__in=ids).select_related("obligation", "owner_post")
    for step in steps:
        what = f"Báo cấp tiếp theo ({step.share:.0%} thời hạn): {step.obligation.what}"
        yield {"at": step.taken_at, "who": step.owner_post.title, "what": what}
    names = dict(_account_names())
    for entry in AuditEntry.objects.filter(subject_id__in=[str(one) for one in ids]).order_by("id"):
        yield {"at": entry.at, "who": names.get(entry.actor, entry.actor), "what": entry.action}


def _account_names() -> Iterator[tuple[str, str]]:
    for row in Account.objects.only("id", "full_name"):
        yield f"official:{row.id}", row.full_name


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
