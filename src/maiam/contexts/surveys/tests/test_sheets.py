"""Sheets sent once, twice, late, or beside one another: none is lost, none is written over."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.places.models import Village
from maiam.contexts.surveys import services
from maiam.contexts.surveys.models import Draft, Sheet
from maiam.contexts.surveys.rules.rounds import SheetKind, Standing, WhyWaiting
from maiam.contexts.surveys.services import AnswersRefusedError, NotRunningError, Outcome
from maiam.contexts.surveys.services.sheets import (
    AlreadySettledError,
    NothingBeforeError,
    TooLateToTakeError,
    WhyMissingError,
)
from maiam.contexts.surveys.tests.conftest import workbook
from maiam.platform.access import Role, acting
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db


def _current(household):
    return Sheet.objects.get(household=household, is_current=True)


def test_a_sheet_is_taken_with_what_the_register_told(send, homes, village_head):
    receipt = send()

    sheet = _current(homes[0])
    assert (receipt.outcome, sheet.number, sheet.by_name) == (Outcome.TAKEN, 1, village_head.name)
    assert (sheet.told["loai_ho_theo_so"], sheet.told["so_tre_em"]) == ("me_con", 1)
    assert sheet.version_id == sheet.round.version_id


def test_the_same_sent_twice_is_one_sheet(send):
    client_id = new_id()
    first, again = send(client_id=client_id), send(client_id=client_id)

    assert (first.sheet, again.outcome) == (again.sheet, Outcome.REPLAYED)
    assert Sheet.objects.count() == 1


def test_one_id_with_two_contents_keeps_both_and_a_person_decides(send, homes, full_answers):
    client_id = new_id()
    send(client_id=client_id)
    other = send(client_id=client_id, answers=full_answers(homes[0], nha_o="kien_co"))

    assert (other.outcome, other.sheet.why_waiting) == (Outcome.KEPT, WhyWaiting.SAME_KEY)
    assert _current(homes[0]).answers["household"]["nha_o"] == "ban_kien_co"


def test_a_sheet_on_an_old_number_is_kept_beside(send, homes, lan, full_answers):
    send()
    send(by=lan, base=1, answers=full_answers(homes[0], nuoc_sach="khong"))
    late = send(base=1, answers=full_answers(homes[0], nha_o="kien_co"))

    assert (late.outcome, late.sheet.why_waiting) == (Outcome.KEPT, WhyWaiting.STALE)
    assert (_current(homes[0]).number, Sheet.objects.count()) == (2, 3)


def test_two_who_heard_the_same_do_not_quarrel(send, lan):
    send()

    assert send(by=lan).outcome is Outcome.REPLAYED
    assert Sheet.objects.filter(is_current=True).count() == 1
    assert not Sheet.objects.filter(standing=Standing.WAITING).exists()


def test_what_said_nothing_new_is_known_again_after_the_household_has_changed(send, homes, lan, full_answers):
    client_id = new_id()
    send()
    send(by=lan, client_id=client_id)
    send(base=1, answers=full_answers(homes[0], nha_o="kien_co"))
    before = Sheet.objects.count()

    assert send(by=lan, client_id=client_id).outcome is Outcome.REPLAYED
    assert Sheet.objects.count() == before


def test_the_one_who_decides_takes_the_waiting_sheet_and_the_other_stays(send, homes, lan, full_answers, now):
    send()
    late = send(answers=full_answers(homes[0], nha_o="kien_co"))
    with acting(lan):
        services.settle_sheet(actor=lan, sheet_id=late.sheet.id, is_taken=True, now=now)

    assert (_current(homes[0]), Sheet.objects.count()) == (late.sheet, 2)
    assert _current(homes[0]).number == 2
    with acting(lan), pytest.raises(AlreadySettledError):
        services.settle_sheet(actor=lan, sheet_id=late.sheet.id, is_taken=False, now=now)


def test_a_sheet_put_aside_is_still_there(send, homes, lan, full_answers, now):
    first = send()
    late = send(answers=full_answers(homes[0], nha_o="kien_co"))
    with acting(lan):
        services.settle_sheet(actor=lan, sheet_id=late.sheet.id, is_taken=False, now=now)

    assert _current(homes[0]) == first.sheet
    assert Sheet.objects.get(id=late.sheet.id).standing == Standing.ASIDE


def test_a_phone_that_comes_after_the_end_loses_nothing_and_changes_nothing(send, homes, lan, running, now):
    with acting(lan):
        services.close_round(actor=lan, round_id=running.id, why="Hết hạn", now=now)
    late = send()

    assert (late.outcome, late.sheet.why_waiting) == (Outcome.KEPT, WhyWaiting.LATE)
    with acting(lan), pytest.raises(TooLateToTakeError):
        services.settle_sheet(actor=lan, sheet_id=late.sheet.id, is_taken=True, now=now)


def test_a_round_that_has_not_begun_takes_nothing(send, prepare, village_head, homes):
    with pytest.raises(NotRunningError):
        send(to=prepare())


def test_missing_answers_are_refused_and_nothing_is_kept(send, homes, full_answers):
    with pytest.raises(AnswersRefusedError, match="Hộ thuộc diện nào"):
        send(answers=full_answers(homes[0], dien_ngheo=""))

    assert not Sheet.objects.exists()


def test_what_looks_odd_is_kept_with_its_reason_only(send, homes, full_answers):
    odd = full_answers(homes[0], loai_ho="khac")
    with pytest.raises(AnswersRefusedError, match="Sổ hộ gia đình cho thấy loại khác"):
        send(answers=odd)
    send(answers=odd, reasons={"loai_ho": "Có cháu ở nhờ", "nha_o": "không liên quan"})

    assert _current(homes[0]).reasons == {"loai_ho": "Có cháu ở nhờ"}


def test_a_household_not_met_says_why(send, homes):
    for told in ({}, {"why_not_met": "xa"}, {"why_not_met": "other"}):
        with pytest.raises(WhyMissingError):
            send(kind=SheetKind.NOT_MET, **told)
    send(kind=SheetKind.NOT_MET, why_not_met="other", words="Nhà bị lũ")

    assert _current(homes[0]).answers == {}


def test_nothing_changed_takes_over_the_answers_of_the_round_before(send, homes, lan, running, start, now):
    send()
    with acting(lan):
        services.close_round(actor=lan, round_id=running.id, why="Xong", now=now)
    later = now + timedelta(days=30)
    following = start(at=later)

    send(kind=SheetKind.UNCHANGED, to=following, at=later)
    sheet = Sheet.objects.get(round=following)
    assert (sheet.kind, sheet.answers["household"]["dien_ngheo"]) == ("unchanged", "can_ngheo")


def test_nothing_changed_is_no_answer_where_nobody_ever_asked(send):
    with pytest.raises(NothingBeforeError):
        send(kind=SheetKind.UNCHANGED)


def test_answers_keep_the_version_they_were_given_under(send, homes, running, version, mai, now):
    send()
    content = workbook(
        [["type", "name", "label", "required"], ["text", "ghi_them", "Ghi thêm gì?", "yes"]],
        settings=[["form_id", "form_title"], ["tinh_hinh_gia_dinh", "Tình hình gia đình"]],
    )
    with acting(mai):
        draft = services.upload_version(actor=mai, content=content, file_name="x.xlsx", now=now)
        services.publish_version(actor=mai, version_id=draft.id, now=now)

    send(homes[1])
    assert {sheet.version_id for sheet in Sheet.objects.all()} == {version.id}
    assert draft.number == version.number + 1


def test_a_draft_is_kept_page_by_page_and_gone_when_sent(send, assignment, village_head, homes, now):
    def save(**told):
        with acting(village_head):
            return services.save_page(
                actor=village_head,
                assignment_id=assignment.id,
                household_id=homes[0].id,
                now=now,
                **{"page": "muc_song", "member": "", "values": {}, "reasons": {}} | told,
            )

    save(values={"nha_o": "kien_co"})
    person = str(homes[0].memberships.first().person_id)
    draft = save(page="thanh_vien", member=person, values={"khuyet_tat": "khong"}, reasons={f"{person}.x": "vì"})

    assert draft.answers == {"household": {"nha_o": "kien_co"}, "members": {person: {"khuyet_tat": "khong"}}}
    assert Draft.objects.count() == 1
    send()
    assert Draft.objects.get().sent_at == now


def test_no_raw_query_reads_another_communes_sheets(send, binh, lan):
    send()
    for actor, seen in ((binh, 0), (lan, 1)):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM surveys_sheet")
            assert cursor.fetchone() == (seen,)


def test_the_village_next_door_reads_no_sheet_either(send, seat, commune):
    send()
    other = Village.objects.create(commune=commune, name="Thôn 2", folded_name="thon 2", kind="thon")
    neighbour = seat(Role.VILLAGE_HEAD, "Trần Văn Kế", commune=commune, village=other)
    with acting(neighbour), connection.cursor() as cursor:
        for table in ("surveys_sheet", "surveys_recheck", "surveys_draft"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


# --- a phone that sends again and again, in any order

CLIENTS = [UUID(int=number) for number in (1, 2, 3)]
sendings = st.lists(
    st.tuples(st.sampled_from(CLIENTS), st.sampled_from(["kien_co", "ban_kien_co"]), st.integers(0, 3)), max_size=7
)


@given(sent=sendings)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_however_often_a_phone_sends_nothing_is_lost_and_nothing_counts_twice(sent, send, homes, full_answers):
    Sheet.objects.all().update(is_current=False)
    Sheet.objects.all().delete()
    receipts = [
        send(client_id=client, base=base, answers=full_answers(homes[0], nha_o=value)) for client, value, base in sent
    ]

    sheets = list(Sheet.objects.all())
    assert sum(sheet.is_current for sheet in sheets) == bool(sent)
    numbers = sorted(sheet.number for sheet in sheets if sheet.standing == Standing.TAKEN)
    assert numbers == list(range(1, len(numbers) + 1))
    assert {receipt.sheet.answers["household"]["nha_o"] for receipt in receipts} == {value for _, value, _ in sent}
    kept = {(sheet.client_id, sheet.digest) for sheet in sheets}
    assert len(kept) == len(sheets)
    before = len(sheets)
    for client, value, base in sent:
        send(client_id=client, base=base, answers=full_answers(homes[0], nha_o=value))
    assert Sheet.objects.count() == before
