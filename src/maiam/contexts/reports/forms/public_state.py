"""What was answered so far, carried sealed in the page itself: nothing in addresses, cookies, sessions or tables."""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from maiam.contexts.reports.forms.public import (
    ContactForm,
    SafeForm,
    SendForm,
    StaySafeForm,
    UrgentPlaceForm,
    WhatForm,
    WhereForm,
    WhoForm,
)
from maiam.contexts.reports.rules.draft import (
    ContactWay,
    Happening,
    InDanger,
    Kind,
    Mode,
    ReportDraft,
    Reporter,
    SafeContact,
    Sign,
)
from maiam.contexts.reports.rules.limits import LEAST_HUMAN_TIME, TICKET_TERM
from maiam.platform import vault

FORMS: Mapping[str, type[Form]] = {
    "safe": SafeForm,
    "stay_safe": StaySafeForm,
    "what": WhatForm,
    "urgent": UrgentPlaceForm,
    "where": WhereForm,
    "who": WhoForm,
    "contact": ContactForm,
    "send": SendForm,
}
# The short way asks for the same place as the long one.
_KEPT_UNDER = {"urgent": "where"}
_NOT_KEPT = {"pictures", "website", "asked_which"}
_PLACE = "public page"
# What is sent over this page is a written message to the commune's committee (Art. 19(1)(a), 19(2)(a)).
CHANNEL, RECEIVING_ADDRESS = "text_message", "commune_pc"


@dataclass(frozen=True)
class FormState:
    """The answers of one telling, as typed. `key` makes a double press one report."""

    key: str
    started_at: datetime
    answers: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)

    @classmethod
    def fresh(cls, now: datetime) -> "FormState":
        return cls(key=secrets.token_hex(16), started_at=now)

    @classmethod
    def read(cls, sealed: str, now: datetime) -> "FormState":
        """Open what a page carried; a page we did not make begins anew."""
        values = _open(sealed)
        if values is None or "answers" not in values:
            return cls.fresh(now)
        return cls(values["key"], datetime.fromisoformat(values["started_at"]), values["answers"])

    def sealed(self) -> str:
        return _seal({"key": self.key, "started_at": self.started_at.isoformat(), "answers": self.answers})

    def keeping(self, page: str, posted: QueryDict) -> "FormState":
        """Keep what was typed on a page, right or wrong."""
        names = set(FORMS[page].base_fields) - _NOT_KEPT
        typed = {name: posted.getlist(name) for name in sorted(names) if name in posted}
        under = _KEPT_UNDER.get(page, page)
        before = dict(self.answers.get(under, {})) if under != page else {}
        return replace(self, answers={**self.answers, under: before | typed})

    def form(self, page: str, extra: Mapping[str, list[str]] | None = None) -> Form:
        """The form of a page, filled with its answers and judged."""
        return FORMS[page](MultiValueDict({**self._typed(page), **(extra or {})}))

    def unjudged_form(self, page: str) -> Form:
        """The form of a page, showing what was typed before, without a word about it."""
        kept = self._typed(page)
        if not kept:
            return FORMS[page]()
        fields = FORMS[page].base_fields
        many = {name for name, box in fields.items() if getattr(box.widget, "allow_multiple_selected", False)}
        return FORMS[page](
            initial={name: typed if name in many else typed[-1] for name, typed in kept.items() if typed}
        )

    def _typed(self, page: str) -> dict[str, list[str]]:
        kept = self.answers.get(_KEPT_UNDER.get(page, page), {})
        return {name: list(typed) for name, typed in kept.items() if name in FORMS[page].base_fields}


def draft_of(state: FormState, pages: tuple[str, ...], send: SendForm | None, now: datetime) -> ReportDraft | str:
    """Make the draft of all answers; or name the first page that still has to be put right."""
    values: dict[str, Any] = {}
    for page in pages:
        form = state.form(page, {"asked_which": ["yes"]})
        if not form.is_valid():
            return page
        values |= form.cleaned_data
    sent = send.cleaned_data if send else {}
    in_danger = tuple(InDanger(who) for who in values.get("in_danger", []))
    reporter = _reporter(values, is_victim=InDanger.ME in in_danger)
    return ReportDraft(
        channel=CHANNEL,
        receiving_address=RECEIVING_ADDRESS,
        entry_key=state.key,
        story=values.get("story", ""),
        kinds=tuple(Kind(kind) for kind in values.get("kinds", [])),
        signs=tuple(Sign(sign) for sign in values.get("signs", [])),
        happening=Happening(values["happening"]),
        in_danger=in_danger,
        commune_id=values.get("commune_id"),
        village_id=values.get("village_id"),
        place_as_given=values.get("place_as_given", ""),
        mode=Mode.CONFIDENTIAL if reporter.full_name or reporter.contact.phone else Mode.ANONYMOUS,
        reporter=reporter,
        pictures=sent.get("pictures", ()),
        is_doubtful=bool(sent.get("website")) or now - state.started_at < LEAST_HUMAN_TIME,
    )


def _reporter(values: Mapping[str, Any], *, is_victim: bool) -> Reporter:
    way = ContactWay(values.get("way", ContactWay.NONE))
    asked = ("phone", "starts", "ends", "cover_words", "must_not_pick_up")
    contact = SafeContact() if way is ContactWay.NONE else SafeContact(way, **{name: values[name] for name in asked})
    return Reporter(type_code="victim" if is_victim else "", full_name=values.get("full_name", ""), contact=contact)


@dataclass(frozen=True)
class Ticket:
    """A report whose code was shown a moment ago, carried in the page; `code` only on the page that shows it once."""

    report_id: UUID
    opened_at: datetime
    entry_key: str
    code: str = ""
    refused_pictures: tuple[str, ...] = ()

    @classmethod
    def of(cls, report_id: UUID, now: datetime) -> "Ticket":
        return cls(report_id, now, secrets.token_hex(16))

    @classmethod
    def read(cls, sealed: str, now: datetime) -> "Ticket | None":
        """Open a page's ticket; None when it is too old, or none of ours."""
        values = _open(sealed)
        if values is None or "report_id" not in values:
            return None
        opened_at = datetime.fromisoformat(values["opened_at"])
        if now - opened_at > TICKET_TERM:
            return None
        refused = tuple(values["refused_pictures"])
        return cls(UUID(values["report_id"]), opened_at, values["entry_key"], values["code"], refused)

    def sealed(self) -> str:
        return _seal(
            {
                "report_id": str(self.report_id),
                "opened_at": self.opened_at.astimezone(UTC).isoformat(),
                "entry_key": self.entry_key,
                "code": self.code,
                "refused_pictures": self.refused_pictures,
            }
        )


def _seal(values: object) -> str:
    return base64.urlsafe_b64encode(vault.seal(json.dumps(values), place=_PLACE)).decode()


def _open(sealed: str) -> dict[str, Any] | None:
    try:
        opened = json.loads(vault.unseal(base64.urlsafe_b64decode(sealed.encode()), place=_PLACE))
    except (vault.SealBrokenError, binascii.Error, ValueError):
        return None
    return opened if isinstance(opened, dict) else None
