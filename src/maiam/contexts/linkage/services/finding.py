"""Look through the whole register for likely doubles, and keep the list of what people are asked about."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maiam.contexts.families.models import Person
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.queries.register import communes_by_id, register_as_table
from maiam.contexts.linkage.rules import ASKED_FROM, State
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission

BATCH = 2_000
_FACTS_FIELD = "linkage_candidatepair.facts"
_TOLD = ["match_probability", "match_weight", "reasons", "facts", "state", "put_off_at"]
_BIRTH = ("birth_year", "birth_month", "birth_day", "birth_is_approximate")
_COMPARED = ("full_name", "sex", *_BIRTH, "phone", "identity_number_index", "ethnicity", "commune_id")

Ids = tuple[UUID, UUID]


@dataclass(frozen=True)
class Found:
    """What a search changed in the list: newly asked, asked again since facts changed, no longer asked."""

    new: int
    again: int
    gone: int


@transaction.atomic
def find_doubles(*, actor: Actor, now: datetime, commune_ids: Iterable[int] | None = None) -> Found:
    """Compare everyone with everyone they might be, and bring the list of pairs up to date.

    With `commune_ids` only pairs that touch these communes are asked about anew; everyone is compared all the same.
    """
    actor.require(Permission.KEEP_HOUSE)
    likely = dict(_likely_pairs(actor, now))
    known = {(pair.one_id, pair.other_id): pair for pair in CandidatePair.objects.visible_to(actor)}
    people = _people({person for ids in likely for person in ids})
    wanted = None if commune_ids is None else set(commune_ids)
    fresh, changed = [], []
    for ids, told in likely.items():
        if wanted is not None and not wanted & {people[person].commune_id for person in ids}:
            continue
        if pair := known.get(ids):
            changed += [pair] if _is_told_anew(pair, told, people) else []
        else:
            fresh.append(_pair(ids, told, people, now))
    gone = [pair for ids, pair in known.items() if pair.state == State.OPEN and ids not in likely]
    return _written(actor, fresh, changed, gone, now)


def _likely_pairs(actor: Actor, now: datetime) -> Iterator[tuple[Ids, dict[str, Any]]]:
    # The library takes a second and a hundred megabytes to import: only here, never at the start.
    from maiam.core.science.linkage.engine import Engine, running  # noqa: PLC0415
    from maiam.core.science.linkage.pairs import Search, reasons  # noqa: PLC0415
    from maiam.core.science.linkage.settings import Weights  # noqa: PLC0415

    register = register_as_table(actor)
    if register.num_rows == 0:
        return
    with running(Engine.DUCKDB) as database:
        search = Search(
            database,
            register,
            today=timezone.localdate(now),
            weights=Weights.shipped(),
            communes=communes_by_id(actor),
            keep_levels=True,
        )
        pairs = search.pairs(threshold=ASKED_FROM)
    for row in pairs.to_pylist():
        told = {name: row[name] for name in ("match_probability", "match_weight")}
        told["reasons"] = [{"says": reason.says, "bits": reason.bits} for reason in reasons(row)]
        yield (UUID(row["record_id_l"]), UUID(row["record_id_r"])), told


def _people(ids: set[UUID]) -> dict[UUID, Person]:
    return Person.objects.only(*_COMPARED).in_bulk(list(ids))


def _pair(ids: Ids, told: dict[str, Any], people: dict[UUID, Person], now: datetime) -> CandidatePair:
    one, other = (people[person] for person in ids)
    return CandidatePair(
        one=one,
        other=other,
        one_commune_id=one.commune_id,
        other_commune_id=other.commune_id,
        facts=_facts(one, other),
        found_at=now,
        **told,
    )


def _facts(one: Person, other: Person) -> str:
    """Stands for what was compared of both; says nothing of it."""
    compared = [[str(getattr(person, name)) for name in _COMPARED] for person in (one, other)]
    return vault.index(json.dumps(compared), field=_FACTS_FIELD)


def _is_told_anew(pair: CandidatePair, told: dict[str, Any], people: dict[UUID, Person]) -> bool:
    """Bring a known pair up to date; a judged one is opened again only where its facts have changed."""
    one, other = people[pair.one_id], people[pair.other_id]
    facts = _facts(one, other)
    if facts == pair.facts and pair.state != State.GONE:
        return False
    pair.facts, pair.state, pair.put_off_at = facts, State.OPEN, None
    pair.one_commune_id, pair.other_commune_id = one.commune_id, other.commune_id
    for name, value in told.items():
        setattr(pair, name, value)
    return True


def _written(
    actor: Actor, fresh: list[CandidatePair], changed: list[CandidatePair], gone: list[CandidatePair], now: datetime
) -> Found:
    for pair in gone:
        pair.state = State.GONE
    CandidatePair.objects.bulk_create(fresh, batch_size=BATCH)
    CandidatePair.objects.bulk_update([*changed, *gone], [*_TOLD, "one_commune", "other_commune"], batch_size=BATCH)
    audit.record(actor, "linkage.register.searched", ("linkage.candidatepair", ""), at=now)
    return Found(new=len(fresh), again=len(changed), gone=len(gone))
