"""A year of reports in one commune: when each was told, by whom, to whom; what became of them is in `ends`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ContactWay, Mode, ReportDraft, Reporter, SafeContact, Told
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.homes import Home, Pair, pair
from maiam.web.demo.names import full_name, kin
from maiam.web.demo.offices import seated_if_any
from maiam.web.demo.tellings import WAYS, Telling, Way

# Some reports are written down hours after they were told.
WRITTEN_LATE = 0.08
WHY_LATE = "Mất điện, mất mạng; ghi sổ tay rồi vào máy sau."


@dataclass(frozen=True)
class Matter:
    """What a story is about."""

    home: Home
    telling: Telling

    @property
    def pair(self) -> Pair:
        return pair(self.home, self.telling.hurt)


class Teller:
    """Lets stories of one commune reach an office."""

    def __init__(self, commune: Unit, random: Random) -> None:
        self.commune, self.random = commune, random

    def tells(self, matter: Matter, at: datetime) -> UUID:
        """Let the story reach an office by one of the ways there are; return the report."""
        way, actor = self._way(matter.telling, at)
        draft = ReportDraft(
            channel=way.channel,
            receiving_address=way.address,
            entry_key=f"demo:{self.commune.code}:{at.isoformat()}:{matter.home.wife.id}",
            story=matter.telling.story,
            kinds=matter.telling.kinds,
            signs=matter.telling.signs,
            happening=matter.telling.happening,
            in_danger=matter.telling.in_danger,
            commune_id=self.commune.id,
            village_id=_village_id(way, actor, matter.home),
            mode=Mode.ANONYMOUS if way.role is None else self.random.choice((Mode.NAMED, Mode.CONFIDENTIAL)),
            reporter=Reporter() if way.role is None else self._reporter(way, matter),
            told=self._told(way, at),
        )
        with acting(actor):
            return reports.file_report(actor=actor, draft=draft, now=at).report_id

    def _way(self, telling: Telling, at: datetime) -> tuple[Way, Actor]:
        """A way whose taker has a seat here; the public always has one."""
        ways = [way for way in WAYS if way.suits(telling)]
        for way in self.random.choices(ways, weights=[way.weight for way in ways], k=8):
            actor = accounts.the_public() if way.role is None else seated_if_any(way.role, self.commune, at)
            if actor:
                return way, actor
        return WAYS[0], accounts.the_public()

    def _reporter(self, way: Way, matter: Matter) -> Reporter:
        """Often the one who is hurt; else a neighbour, a relative or an office, by a made-up name."""
        is_victim = way.reporter_type == "victim"
        stranger = full_name(self.random, kin(self.random), is_woman=True)
        phone = f"+84900000{self.random.randint(0, 899):03d}"
        contact_way = self.random.choice(list(ContactWay))
        return Reporter(
            type_code=way.reporter_type,
            full_name=matter.pair.hurt.full_name if is_victim else stranger,
            phone=phone,
            contact=SafeContact(
                way=contact_way,
                phone="" if contact_way is ContactWay.NONE else phone,
                cover_words="Hội Phụ nữ mời họp" if is_victim else "",
            ),
        )

    def _told(self, way: Way, at: datetime) -> Told:
        if way.role is None or self.random.random() >= WRITTEN_LATE:
            return Told()
        return Told(at=at - timedelta(hours=self.random.randint(1, 14)), reason=WHY_LATE)


def _village_id(way: Way, actor: Actor, home: Home) -> int | None:
    """A village head tells of his own village; the hotline does not know which it is."""
    if actor.village_ids:
        return actor.village_ids[0]
    return None if way.role is Role.HOTLINE_OPERATOR else home.village_id
