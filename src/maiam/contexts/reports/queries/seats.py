"""Which seat answers for a report. There always is one: where a commune's seats stand empty, the province's desk."""

from datetime import datetime

from django.conf import settings

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import Level
from maiam.platform.access import Role

# The chairman owes the duty; the commune's standing division of work gives it to the officer
# (docs/decisions/report-duties.md).
_OF_COMMUNE = (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN)
_OF_PROVINCE = (Role.HOTLINE_OPERATOR, Role.PROVINCE_LEADER)


def owner(commune_id: int | None, now: datetime) -> Post | None:
    """The post responsible for a report of this commune; of a place not known, the province's desk."""
    here = _answering_post(commune_id, now) if commune_id else None
    return here or province_desk(now)


def chairman_post(commune_id: int, now: datetime) -> Post | None:
    return _filled(accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=commune_id), now)


def province_desk(now: datetime) -> Post | None:
    """The province's desk: it finds the place of reports without one, and stands in for empty seats."""
    province = province_of_house()
    posts = [accounts.province_post(role, province.id) for role in _OF_PROVINCE]
    filled = (post for post in posts if _filled(post, now))
    return next(filled, None) or next((post for post in posts if post), None)


def province_of_house() -> Unit:
    """The province this house serves."""
    return places.provinces_of_today().get(code=settings.PROVINCE_CODE)


def commune_of_today(commune_id: int) -> Unit | None:
    commune = places.unit(commune_id)
    return commune if commune and commune.is_today and commune.level == Level.COMMUNE else None


def _answering_post(commune_id: int, now: datetime) -> Post | None:
    """The filled seat of the commune that takes its reports in hand."""
    posts = (_filled(accounts.post_for(role, commune_id=commune_id), now) for role in _OF_COMMUNE)
    return next((post for post in posts if post), None)


def _filled(post: Post | None, now: datetime) -> Post | None:
    return post if post and accounts.holders_of(post, now) else None
