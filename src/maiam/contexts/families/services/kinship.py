"""Kinship, told from both sides at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maiam.contexts.families.models import Kinship, Person
from maiam.contexts.families.queries.kin import has_ancestor, spouse_of
from maiam.contexts.families.rules import ENDED_BY_LIFE, PARENTS, SPOUSES, inverse_relation
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class OwnKinError(DomainError):
    code = "families.own_kin"
    message = "Một người không thể là người thân của chính mình."
    field = "relative"


class CircularKinshipError(DomainError):
    code = "families.circular_kinship"
    message = "Theo sổ, người này là con cháu của người kia, nên không thể là cha, mẹ."
    field = "relative"


class ParentTooYoungError(DomainError):
    code = "families.parent_too_young"
    message = "Theo sổ, cha hoặc mẹ sinh cùng năm hoặc sau con. Hãy xem lại năm sinh."
    field = "relative"


class KinshipExistsError(DomainError):
    code = "families.kinship_exists"
    message = "Quan hệ này đã có trong sổ, hoặc một người đang có vợ, chồng khác."
    field = "relation"


class KinshipDoesNotEndError(DomainError):
    code = "families.kinship_does_not_end"
    message = "Quan hệ này không chấm dứt ở đây: ruột thịt thì còn mãi; vợ chồng, bên vợ, bên chồng thì ghi ly hôn."


class EndsTooEarlyError(DomainError):
    code = "families.kinship_ends_too_early"
    message = "Ngày này chưa tới, hoặc trước ngày quan hệ bắt đầu."
    field = "ends_on"


@transaction.atomic
def record_kinship(
    *, actor: Actor, person_id: UUID, relative_id: UUID, relation: str, now: datetime, starts_on: date | None = None
) -> Kinship:
    """Record that `relative` is the person's `relation` (relations.yaml), and the same seen from the relative.

    Raises `OwnKinError`, `CircularKinshipError`, `ParentTooYoungError`, `KinshipExistsError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    if person_id == relative_id:
        raise OwnKinError
    held = Person.objects.select_for_update(of=("self",)).order_by("id").visible_to(actor)
    people = {person.id: person for person in held.filter(id__in=[person_id, relative_id])}
    person, relative = people.get(person_id), people.get(relative_id)
    if person is None or relative is None:
        raise NotFoundError
    Parenthood.check(actor, person, relative, relation)
    if relation in SPOUSES and (spouse_of(actor, person_id) or spouse_of(actor, relative_id)):
        raise KinshipExistsError
    told = Kinship(person=person, relative=relative, relation=relation, starts_on=starts_on, recorded_at=now)
    mirror = Kinship(
        person=relative, relative=person, relation=inverse_relation(relation), starts_on=starts_on, recorded_at=now
    )
    try:
        with transaction.atomic():
            Kinship.objects.bulk_create([told, mirror])
    except IntegrityError as error:
        raise KinshipExistsError from error
    audit.record(actor, "families.kinship.recorded", told, at=now)
    return told


@transaction.atomic
def end_kinship(*, actor: Actor, kinship_id: UUID, ends_on: date, now: datetime) -> None:
    """End a kinship that ended (an adoption, a life together), with its mirror; it stays as former.

    What an adoption leaves is written down with it. Raises `KinshipDoesNotEndError`, `EndsTooEarlyError`;
    `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    link = Kinship.objects.select_for_update(of=("self",)).open().find(actor, kinship_id)
    if link.relation not in ENDED_BY_LIFE:
        raise KinshipDoesNotEndError
    if ends_on > now.astimezone(VIETNAM).date() or (link.starts_on and ends_on < link.starts_on):
        raise EndsTooEarlyError
    mirror = (
        Kinship.objects.visible_to(actor)
        .open()
        .filter(person_id=link.relative_id, relative_id=link.person_id, relation=inverse_relation(link.relation))
    )
    for row in (link, *mirror):
        row.ends_on, row.ended_at = ends_on, now
        row.save(update_fields=["ends_on", "ended_at"])
    if left := ENDED_BY_LIFE[link.relation]:
        pairs = ((link.person_id, link.relative_id), (link.relative_id, link.person_id))
        Kinship.objects.bulk_create(
            Kinship(person_id=one, relative_id=other, relation=left, starts_on=ends_on, recorded_at=now)
            for one, other in pairs
        )
    audit.record(actor, "families.kinship.ended", link, at=now, fields=["ends_on"])


class Parenthood:
    """What is asked before someone is written down as a parent."""

    @staticmethod
    def check(actor: Actor, person: Person, relative: Person, relation: str) -> None:
        """Raise `CircularKinshipError`, `ParentTooYoungError`; other relations pass."""
        if relation in PARENTS:
            child, parent = person, relative
        elif inverse_relation(relation) in PARENTS:
            child, parent = relative, person
        else:
            return
        if has_ancestor(actor, parent.id, child.id):
            raise CircularKinshipError
        if child.birth_year and parent.birth_year and parent.birth_year >= child.birth_year:
            raise ParentTooYoungError
