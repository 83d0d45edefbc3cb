"""Who reads how a person is reached: the same answer from Python and from the database itself."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.contacts import queries, services
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import Attempt, ContactRule, Message
from maiam.contexts.contacts.rules.messages import State
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services import Telling, ToldByPerson
from maiam.contexts.duties.rules import Subject
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError
from tests.access.test_conflicts import seen

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
RULE = SafeRule(ways=frozenset({Way.VISIT}))
KINDS = {RecipientKind.REPORTER: "reports.report", RecipientKind.PERSON: "cases.case"}


@pytest.fixture
def behind(commune):
    """Somebody behind a record of the commune, or of the province's desk."""

    def of(kind: RecipientKind, owner: Actor, *, commune_id: int | None = commune.id) -> Addressed:
        id_ = uuid4()
        return Addressed(
            recipient=Recipient(kind, id_),
            record=Subject(KINDS[kind], id_),
            label="một người",
            code="Hồ sơ",
            commune_id=commune_id,
            village_id=None,
            owner_post_id=owner.post_id,
        )

    return of


@pytest.fixture
def kept(behind, lan, now):
    """A rule, and a message somebody has to tell, of one kind of people."""

    def keep(kind: RecipientKind) -> Message:
        to = behind(kind, lan)
        with acting(lan):
            services.lay_down_rule(actor=lan, to=to, rule=RULE, now=now)
            telling = Telling(purpose=Purpose.COME, way=Way.VISIT, key="come")
            return services.tell_person(actor=lan, to=to, telling=telling, now=now)

    return keep


def test_a_reporters_rule_is_closed_to_whoever_may_not_know_reporters(kept, lan, chairwoman, binh, now):
    message = kept(RecipientKind.REPORTER)
    with acting(lan):
        told = ToldByPerson(at=now, way=Way.VISIT, is_told=False, words="Không có nhà.")
        services.record_told(actor=lan, message_id=message.id, told=told, now=now)

    for model in (ContactRule, Message, Attempt):
        assert seen(lan, model) == (1, 1), model
        assert seen(chairwoman, model) == (0, 0), model
        assert seen(binh, model) == (0, 0), model


def test_a_protected_persons_rule_is_read_by_whoever_keeps_rules(kept, lan, chairwoman, binh):
    kept(RecipientKind.PERSON)

    for model in (ContactRule, Message):
        assert seen(lan, model) == seen(chairwoman, model) == (1, 1), model
        assert seen(binh, model) == (0, 0), model


def test_the_database_refuses_to_write_a_reporters_message_for_them(kept, chairwoman):
    message = kept(RecipientKind.REPORTER)

    with acting(chairwoman), connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_message SET state = 'dropped' WHERE id = %s", [message.id])
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(
                "INSERT INTO contacts_message SELECT (jsonb_populate_record(NULL::contacts_message, %s::jsonb)).*",
                [_copied(message)],
            )


def test_the_provinces_desk_tells_the_reporter_of_its_own_report_and_no_other(kept, behind, operator, now):
    kept(RecipientKind.REPORTER)
    with acting(operator):
        to = behind(RecipientKind.REPORTER, operator, commune_id=None)
        opened = services.open_number(actor=operator, to=to, now=now)
        assert not opened.number
        page = queries.message(operator, opened.message_id, now)
        assert page.line.state is State.BY_PERSON
        told = ToldByPerson(at=now, way=Way.CALL, is_told=True)
        services.record_told(actor=operator, message_id=opened.message_id, told=told, now=now)

    assert seen(operator, Message) == (1, 1)
    assert seen(operator, ContactRule) == (0, 0)


def test_the_desk_opens_no_number_of_a_protected_person(behind, operator, lan, now):
    with acting(operator), pytest.raises(ForbiddenError):
        services.open_number(actor=operator, to=behind(RecipientKind.PERSON, lan), now=now)


def test_a_message_of_another_desk_is_not_there(kept, operator, now):
    message = kept(RecipientKind.REPORTER)
    with acting(operator), pytest.raises(NotFoundError):
        queries.message(operator, message.id, now)


def _copied(message: Message) -> str:
    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (to_jsonb(m) || jsonb_build_object('id', gen_random_uuid(), 'key', 'copied'))::text"
            " FROM contacts_message AS m WHERE id = %s",
            [message.id],
        )
        return str(cursor.fetchone()[0])
