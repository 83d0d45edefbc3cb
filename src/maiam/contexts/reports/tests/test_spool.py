"""The database is away: reports are taken all the same, and filed when it is back, each once, at their own time."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.utils import timezone

from maiam.contexts.reports import services
from maiam.contexts.reports.models import Attachment, Report
from maiam.contexts.reports.rules import waiting
from maiam.contexts.reports.rules.draft import ContactWay, Reporter, SafeContact, Sign
from maiam.contexts.reports.services import spool
from maiam.platform.access import Actor, acting

from .conftest import picture
from .test_follow import Reader
from .test_public_flow import Phone

PUBLIC = Actor.public()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.STATE = tmp_path
    return tmp_path / "spool"


@pytest.fixture
def outage(monkeypatch):
    """No transaction can be opened."""

    @contextmanager
    def refuse(actor: Actor):
        raise OperationalError("connection refused")
        yield

    monkeypatch.setattr("maiam.web.middleware.acting", refuse)
    return monkeypatch.undo


@pytest.fixture
def leaves_at_the_commit(monkeypatch):
    """The connection breaks as the transaction ends: whether it was kept, nobody hears."""

    def arrange(*, was_kept: bool):
        @contextmanager
        def leave(actor: Actor):
            with acting(actor):
                yield
                transaction.set_rollback(not was_kept)
            raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr("maiam.web.middleware.acting", leave)

    return arrange


@pytest.fixture
def drain(django_capture_on_commit_callbacks):
    def file_what_waits(now) -> int:
        with django_capture_on_commit_callbacks(execute=True), acting(Actor.system("drain")):
            return services.drain_spool(actor=PUBLIC, now=now)

    return file_what_waits


def test_she_reports_while_the_database_is_away_and_her_code_works_afterwards(outage, lan):
    phone = Phone().answer_all(where={"commune_text": "dak mil"}).send()
    code = phone.code
    assert not Report.objects.exists()

    outage()

    assert Reader(code).heading == "Đã nhận"
    report = Report.objects.get()
    assert report.place_as_given == "dak mil"
    assert report.told_at_reason == spool.WHY_LATE


@pytest.mark.parametrize("was_kept", [True, False])
def test_she_sees_no_error_when_the_database_leaves_at_the_commit(
    leaves_at_the_commit, monkeypatch, drain, commune, lan, was_kept
):
    phone = Phone().answer_all()

    leaves_at_the_commit(was_kept=was_kept)
    phone.send(pictures=SimpleUploadedFile("a.jpg", picture()))
    monkeypatch.undo()

    assert Report.objects.count() == int(was_kept)
    drain(timezone.now())
    assert Reader(phone.code).heading == "Đã nhận"
    assert (Report.objects.count(), Attachment.objects.count()) == (1, 1)
    assert Report.objects.get().commune == commune


def test_the_second_press_of_a_report_that_waits_is_no_second_report(leaves_at_the_commit, monkeypatch, drain, lan):
    phone = Phone().answer_all()
    page = phone.shown
    leaves_at_the_commit(was_kept=False)
    first = phone.send().code
    monkeypatch.undo()

    phone.shown = page
    second = phone.send().code
    drain(timezone.now())

    assert first == second
    assert Report.objects.count() == 1


def test_she_sees_no_error_when_the_database_leaves_while_her_report_is_written(monkeypatch, drain, lan):
    def leave(**_: object) -> None:
        raise OperationalError("terminating connection due to administrator command")

    phone = Phone().answer_all()
    with monkeypatch.context() as outage:
        outage.setattr("maiam.contexts.reports.services.filing.start_clocks", leave)
        phone.send(pictures=SimpleUploadedFile("a.jpg", picture()))

    assert not Report.objects.exists()
    drain(timezone.now())
    assert Reader(phone.code).heading == "Đã nhận"
    assert (Report.objects.count(), Attachment.objects.count()) == (1, 1)


def test_an_officials_browser_opens_the_public_form_all_the_same(outage, client_for, lan):
    assert client_for(lan).get("/gui/").status_code == 200


def test_looking_up_a_code_says_the_report_is_safe(outage, told):
    assert "Tin của bạn vẫn an toàn" in Reader(told.receipt_code).text


def test_the_numbers_to_call_are_shown(outage, client):
    assert "tel:113" in client.get("/").content.decode()
    assert client.get("/so/").status_code == 200


def test_the_desk_is_told_of_a_fault_and_not_of_an_empty_list(outage, client_for, lan):
    client = client_for(lan)
    client.raise_request_exception = False

    assert client.get("/tin-bao/").status_code == 500


def test_what_waits_is_filed_once_with_its_own_moment(draft, drain, folder, lan, now):
    told = draft(
        signs=(Sign.WEAPON,),
        pictures=(picture(),),
        reporter=Reporter(full_name="Thị Mai", contact=SafeContact(ContactWay.CALL, "+84905000111")),
    )
    given = services.spool_report(actor=PUBLIC, draft=told, now=now)

    assert drain(now + timedelta(hours=2)) == 1
    assert drain(now + timedelta(hours=3)) == 0

    report = Report.objects.get()
    assert (report.told_at, report.received_at) == (now, now + timedelta(hours=2))
    assert (report.signs, report.attachments.count(), report.identities.count()) == (["weapon"], 1, 1)
    with acting(PUBLIC):
        assert services.open_by_receipt(actor=PUBLIC, typed=given.receipt_code, now=now) == report.id


def test_a_file_that_outlived_its_filing_is_not_filed_again(draft, drain, folder, lan, now):
    services.spool_report(actor=PUBLIC, draft=draft(), now=now)
    file = next(folder.iterdir())
    content = file.read_bytes()
    drain(now)
    file.write_bytes(content)

    drain(now)

    assert Report.objects.count() == 1
    assert list(folder.iterdir()) == []


def test_nothing_readable_lies_on_the_disk(draft, folder, now):
    services.spool_report(actor=PUBLIC, draft=draft(story="bông hoa tím"), now=now)

    file = next(folder.iterdir())
    assert "bông hoa tím".encode() not in file.read_bytes()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_file_nobody_can_read_is_kept_aside_and_holds_up_no_other(draft, drain, folder, lan, now):
    services.spool_report(actor=PUBLIC, draft=draft(), now=now)
    (folder / "00000000-broken.sealed").write_bytes(b"not ours")

    drain(now)

    assert Report.objects.count() == 1
    assert [file.name for file in folder.iterdir()] == ["00000000-broken.unreadable"]


def test_a_full_spool_says_so(draft, now, monkeypatch):
    monkeypatch.setattr(spool, "MOST_WAITING", 0)

    with pytest.raises(spool.NoRoomError):
        services.spool_report(actor=PUBLIC, draft=draft(), now=now)


def test_a_draft_is_read_as_it_was_written(draft):
    told = draft(told=spool.Told(timezone.now(), "x"), pictures=(b"\x00\xff",))

    assert waiting.read(waiting.written(told)) == told
