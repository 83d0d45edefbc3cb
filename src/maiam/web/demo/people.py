"""Seats and accounts of the demonstration, made as an administrator would make them."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from maiam.contexts.accounts import services
from maiam.contexts.accounts.models import Post
from maiam.contexts.accounts.rules import OrganisationKind
from maiam.contexts.places.models import Unit, Village
from maiam.core.text import fold
from maiam.platform.access import Actor, Role
from maiam.web.demo.names import full_name, kin
from maiam.web.demo.seats import COMMUNE_SEATS, NEIGHBOUR_SEATS, PROVINCE_SEATS, VILLAGE_SEAT, Seat

IN_OFFICE_SINCE = datetime(2025, 7, 1, tzinfo=UTC)
WOMEN_IN_OFFICE = 0.4
# The seats every commune needs, so that each duty has an owner; and how their accounts are called.
NEEDED = {Role.CULTURE_OFFICER: "vanhoa", Role.COMMUNE_CHAIRMAN: "chutich", Role.COMMUNE_POLICE: "congan"}


def seat_province(house: Actor, province: Unit) -> None:
    for seat in PROVINCE_SEATS:
        _sit(house, seat, seat.organisation, province=province)


def seat_main_commune(house: Actor, commune: Unit, village: Village) -> None:
    for seat in COMMUNE_SEATS:
        _sit(house, seat, _of(seat, commune), province=commune.province, commune=commune)
    _sit(house, VILLAGE_SEAT, village.name, province=commune.province, commune=commune, village=village)


def seat_other_commune(house: Actor, commune: Unit, *, is_neighbour: bool) -> None:
    """Three seats; the neighbour's officer has a name one can sign in with."""
    random = Random(commune.code)
    for seat in COMMUNE_SEATS:
        if seat.role in NEEDED:
            sitter = (
                NEIGHBOUR_SEATS[0]
                if is_neighbour and seat.role is NEIGHBOUR_SEATS[0].role
                else _stranger(seat, commune, random)
            )
            _sit(house, sitter, _of(seat, commune), province=commune.province, commune=commune)


def _stranger(seat: Seat, commune: Unit, random: Random) -> Seat:
    """Someone with a made-up name in the same seat of another commune."""
    name = full_name(random, kin(random), is_woman=random.random() < WOMEN_IN_OFFICE)
    is_ward = commune.kind != "xa" and seat.title.endswith(" xã")
    title = f"{seat.title.removesuffix('xã')}phường" if is_ward else seat.title
    return replace(seat, username=f"{NEEDED[seat.role]}.{_plain(commune)}", full_name=name, title=title, what_for="")


def _plain(commune: Unit) -> str:
    """`dakwil`: the name of a commune as the name of an account may hold it."""
    return "".join(letter for letter in fold(commune.name.partition(" ")[2]) if letter.isalnum())


def _of(seat: Seat, commune: Unit) -> str:
    """`Công an xã Đắk Mil`: the commune's kind is written small in the middle of a name."""
    return f"{seat.organisation} {commune.name[0].lower()}{commune.name[1:]}"


def _sit(
    house: Actor,
    seat: Seat,
    organisation_name: str,
    *,
    province: Unit | None,
    commune: Unit | None = None,
    village: Village | None = None,
) -> Post:
    now = IN_OFFICE_SINCE
    commune_id, province_id = commune.id if commune else None, province.id if province else None
    organisation = services.register_organisation(
        actor=house,
        kind=OrganisationKind(seat.kind),
        name=organisation_name,
        now=now,
        commune_id=commune_id,
        province_id=province_id,
    )
    post = services.create_post(
        actor=house,
        organisation=organisation,
        role=seat.role,
        title=seat.title,
        now=now,
        province_id=province_id,
        commune_id=commune_id,
        village_id=village.id if village else None,
    )
    account = services.create_account(actor=house, username=seat.username, full_name=seat.full_name, now=now)
    services.give_post(actor=house, account=account, post=post, starts_at=now, now=now)
    return post
