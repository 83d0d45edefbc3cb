"""What the nightly search asks about, and what it does not ask again."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from maiam.contexts.families import services as families
from maiam.contexts.families.events import register_filled
from maiam.contexts.linkage import queries, services
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import State
from maiam.core.text import PartialDate
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError


def test_one_woman_written_down_twice_is_asked_about_once(pair, search, lan):
    again = search()

    assert (again.new, again.again, again.gone) == (0, 0, 0)
    with acting(lan):
        (line,) = queries.queue(lan, page="1").lines
    assert set(line.names) == {"Nguyễn Thị Hoà", "NGUYEN THI HOA"}
    assert "cùng ngày sinh" in [why.says for why in line.why]


def test_a_number_is_compared_without_being_unsealed(write, search, binh, monkeypatch):
    monkeypatch.setattr("maiam.platform.vault.unseal", None)
    write(identity_number="067184000123", birth=None)
    write("Nguyen Thi Hoa", by=binh, identity_number="067184000123", birth=None)

    assert search().new == 1
    assert "cùng số định danh" in [reason["says"] for reason in CandidatePair.objects.get().reasons]


def test_two_people_are_not_asked_about(write, search):
    write("Nguyễn Thị Hoà")
    write("Lê Văn Nam", birth=PartialDate(1990, 1, 5))

    assert search().new == 0


def test_told_apart_is_remembered_for_ever(pair, search, lan, now):
    with acting(lan):
        services.tell_pair_apart(actor=lan, pair_id=pair.id, now=now)

    assert search().again == 0
    pair.refresh_from_db()
    assert pair.state == State.NOT_SAME


def test_when_the_facts_change_it_is_asked_again_and_says_so(pair, search, lan, now):
    with acting(lan):
        services.tell_pair_apart(actor=lan, pair_id=pair.id, now=now)
        facts = families.PersonFacts(
            full_name="Nguyễn Thị Hoà",
            commune_id=pair.one_commune_id,
            birth=PartialDate(1984, 3, 12),
            phone="+84905000112",
        )
        families.correct_person(actor=lan, person_id=pair.one_id, facts=facts, now=now)

    assert search().again == 1
    with acting(lan):
        assert queries.queue(lan, page="1").lines[0].is_asked_again


def test_a_pair_no_longer_alike_is_no_longer_asked_about(pair, search, lan, now):
    with acting(lan):
        facts = families.PersonFacts(
            full_name="Trần Thị Mai", commune_id=pair.one_commune_id, birth=PartialDate(1991, 8, 1)
        )
        families.correct_person(actor=lan, person_id=pair.one_id, facts=facts, now=now)

    assert search().gone == 1
    with acting(lan):
        assert queries.queue(lan, page="1").lines == []


def test_whoever_asked_that_their_data_rest_is_left_out(write, search, lan, now):
    person = write()
    write()
    with acting(lan):
        families.restrict_person(actor=lan, person_id=person.id, now=now)

    assert search().new == 0


def test_after_an_import_only_its_communes_are_asked_about(write, search, elsewhere):
    write()
    write()

    assert search(commune_ids=[elsewhere.id]).new == 0
    assert CandidatePair.objects.count() == 0


def test_only_the_house_searches_the_register(lan, now):
    with acting(lan), pytest.raises(ForbiddenError):
        services.find_doubles(actor=lan, now=now)


def test_whoever_fills_the_register_sets_off_a_search_of_its_communes(lan, commune, elsewhere, now):
    with acting(lan):
        register_filled.send(None, commune_ids=[elsewhere.id, commune.id, commune.id], actor=lan, now=now)

    job = ProcrastinateJob.objects.get(task_name__endswith="find_doubles_in")
    assert job.args == {"commune_ids": sorted([commune.id, elsewhere.id])}


def test_a_list_is_taken_back_although_the_night_has_asked_about_its_people(pair, lan, now):
    written = families.Written(person_ids=[pair.one_id, pair.other_id])

    with acting(lan):
        families.take_homes_back(actor=lan, written=written, now=now)

    assert CandidatePair.objects.count() == 0


def test_what_was_judged_keeps_its_people(pair, lan, now):
    with acting(lan):
        services.tell_pair_apart(actor=lan, pair_id=pair.id, now=now)
        with pytest.raises(families.ChangedSinceWrittenError):
            families.take_homes_back(
                actor=lan, written=families.Written(person_ids=[pair.one_id, pair.other_id]), now=now
            )
