"""The trail proves itself whole, and names the first row somebody touched by hand."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.platform import audit
from maiam.platform.access import Actor, acting
from maiam.platform.audit import chain
from maiam.platform.audit import trail as trail_of
from maiam.platform.audit.models import AuditEntry, AuditWaiting

HOUSE = Actor.system("test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(now):
    """Five sealed entries."""
    with acting(HOUSE):
        for number in range(5):
            audit.record(HOUSE, "tests.thing.done", ("tests.thing", str(number)), at=now)
        chain.seal(now=now)
    return list(AuditEntry.objects.filter(action="tests.thing.done").order_by("id"))


def _by_hand(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        for table in ("audit_auditentry", "audit_auditlink"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute(sql, values)


def test_an_untouched_trail_is_whole(trail):
    assert chain.verify() is None
    assert AuditWaiting.objects.count() == 0


def test_an_altered_entry_is_named(trail):
    _by_hand("UPDATE audit_auditentry SET actor = 'nobody' WHERE id = %s", trail[2].id)

    broken = chain.verify()

    assert broken is not None
    assert broken.entry_id == trail[2].id


def test_a_removed_entry_is_named(trail):
    _by_hand("DELETE FROM audit_auditentry WHERE id = %s", trail[3].id)

    broken = chain.verify()

    assert broken is not None
    assert (broken.entry_id, broken.fault) == (trail[3].id, "the entry was removed")


def test_a_removed_link_is_named(trail):
    _by_hand("DELETE FROM audit_auditlink WHERE entry_id = %s", trail[1].id)

    broken = chain.verify()

    assert broken is not None
    assert broken.fault == "the link is missing"


def test_an_entry_inserted_by_hand_is_named(trail, now):
    _by_hand(
        "INSERT INTO audit_auditentry SELECT gen_random_uuid(), at, actor, post_id, action, subject_type, subject_id,"
        " fields, reason, request_id, mac FROM audit_auditentry WHERE id = %s",
        trail[0].id,
    )
    with acting(HOUSE):
        chain.seal(now=now)

    broken = chain.verify()

    assert broken is not None
    assert broken.fault == "the entry was inserted by hand"


def test_an_entry_inserted_by_hand_is_named_before_it_is_sealed(trail):
    _by_hand(
        "INSERT INTO audit_auditentry SELECT gen_random_uuid(), at, actor, post_id, action, subject_type, subject_id,"
        " fields, reason, request_id, mac FROM audit_auditentry WHERE id = %s",
        trail[0].id,
    )

    assert chain.verify() is not None


def test_a_tail_cut_off_is_seen_by_whoever_wrote_the_root_down(trail):
    witnessed = chain.root()
    _by_hand("DELETE FROM audit_auditlink WHERE number = (SELECT max(number) FROM audit_auditlink)")
    _by_hand("DELETE FROM audit_auditentry WHERE id = %s", trail[-1].id)

    broken = chain.verify(witness=chain.Root.read(str(witnessed)))

    assert broken is not None
    assert "shorter" in broken.fault


@pytest.mark.parametrize(
    "change",
    ["UPDATE audit_auditentry SET actor = 'x'", "DELETE FROM audit_auditentry", "TRUNCATE audit_auditentry CASCADE"],
)
def test_the_application_cannot_change_the_trail(trail, change):
    with acting(HOUSE), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_an_officer_writes_the_trail_and_cannot_read_it(lan, now):
    with acting(lan):
        audit.record(lan, "tests.thing.done", ("tests.thing", "1"), at=now)

        assert AuditEntry.objects.count() == 0


def test_the_trail_holds_no_values(lan, now):
    with acting(lan):
        audit.record(lan, "tests.thing.done", ("tests.thing", "1"), at=now, fields=["full_name"])

    assert AuditEntry.objects.get(actor=f"official:{lan.account_id}").fields == ["full_name"]


def test_many_entries_at_once_are_signed_and_sealed_like_single_ones(lan, now):
    told = [("tests.thing", '1"\\'), audit.Subject("tests.other", "Đ 2", 7), ("tests.thing", "3")]
    with acting(lan):
        audit.record_many(lan, "tests.thing.done", told, at=now)
    with acting(HOUSE):
        chain.seal(now=now)

    many = AuditEntry.objects.filter(action="tests.thing.done")
    assert {(entry.subject_type, entry.subject_id) for entry in many} == {one[:2] for one in told}
    assert all(entry.mac == trail_of.mac_of(entry) for entry in many)
    assert chain.verify() is None


def test_nothing_done_is_nothing_told(lan, now):
    with acting(lan):
        audit.record_many(lan, "tests.thing.done", [], at=now)

    assert not AuditEntry.objects.filter(action="tests.thing.done").exists()
