"""The pages of measures: one list of what waits, a form for every kind, nothing typed is lost, one time line."""

import re

import pytest
from django.urls import reverse

from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.rules import kinds
from maiam.core.law.codes import procedures
from maiam.core.text import write_date, write_time
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
MOST_QUERIES = 50


def moment(name, at) -> dict[str, str]:
    return {f"{name}_date": write_date(at), f"{name}_time": write_time(at)}


@pytest.mark.parametrize("kind", [code for code in procedures() if code not in kinds.FOR_CHILDREN])
def test_every_kind_has_its_form(client_for, lan, case, kind):
    page = client_for(lan).get(reverse("measures:ask", args=[case.id, kind]))

    assert page.status_code == 200
    assert kinds.label(kind) in page.content.decode()


def test_an_unknown_kind_is_nothing(client_for, lan, case):
    assert client_for(lan).get(reverse("measures:ask", args=[case.id, "M_Z"])).status_code == 404


def test_help_is_written_down_from_the_page(client_for, lan, case, now):
    told = {"fact_facility": "Trạm y tế xã", "consent_by": "H'Lan Niê"}
    told |= moment("asked_at", now) | moment("consent_at", now) | moment("starts_at", now)
    answer = client_for(lan).post(reverse("measures:ask", args=[case.id, "M_DD_MEDICAL"]), told)

    measure = Measure.objects.get()
    assert answer["Location"] == reverse("measures:detail", args=[measure.id])
    assert measure.decision_facts["facility"] == "Trạm y tế xã"


def test_a_refused_form_keeps_what_was_typed_and_speaks_by_the_field(client_for, lan, case, now):
    told = {"fact_facility": "Trạm y tế xã"} | moment("asked_at", now)
    page = client_for(lan).post(reverse("measures:ask", args=[case.id, "M_DD_MEDICAL"]), told).content.decode()

    assert "Hãy ghi ai đồng ý, lúc nào" in page
    assert "Trạm y tế xã" in page
    assert not Measure.objects.exists()


def test_the_chairwoman_sees_why_it_is_open_and_signs(client_for, chairwoman, twice, asked, now):
    measure, client = asked("M_H_CRITICISM"), client_for(chairwoman)

    assert "Góp ý, phê bình" in client.get(reverse("measures:waiting")).content.decode()
    page = client.get(reverse("measures:decide", args=[measure.id])).content.decode()
    assert "Điều kiện luật định" in page
    assert "Xã Đắk Mil" in page
    told = {"fact_chaired_by": "Trưởng bon", "reason": "Hai lần."} | moment("fact_meeting_at", now)
    client.post(reverse("measures:decide", args=[measure.id]), told)
    measure.refresh_from_db()
    assert measure.state == "ordered"


def test_the_measures_of_a_case_and_its_time_line_open_within_the_budget(
    client_for, lan, case, ordered, recorded, asked, django_assert_max_num_queries
):
    recorded("M_A_STOP")
    recorded("M_D_SHELTER", secret_place="Nhà chị Hoa")
    asked("M_G_EDUCATION")
    client = client_for(lan)
    for name in ("of_case", "timeline"):
        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get(reverse(f"measures:{name}", args=[case.id]))
        assert page.status_code == 200
        assert "Hoa" not in page.content.decode()


def test_each_bar_of_the_time_line_says_in_words_what_it_shows(client_for, lan, case, ordered, recorded):
    recorded("M_A_STOP")
    page = client_for(lan).get(reverse("measures:timeline", args=[case.id])).content.decode()

    assert re.findall(r'role="img"\s+aria-label=""', page) == []
    assert page.count('role="img"') >= 8
    assert "đúng hạn lúc" in page
    assert "Quyết định cấm tiếp xúc" in page
    assert "Buộc chấm dứt hành vi bạo lực" in page


def test_the_file_tells_of_him_and_not_of_her(client_for, police_chief, recorded, opened):
    recorded("M_A_STOP")
    client = client_for(police_chief)
    listed = client.get(reverse("measures:files")).content.decode()
    link = re.search(r"/bien-phap/ho-so/[0-9a-f-]{36}/", listed)[0]
    page = client.get(link).content.decode()

    assert "Y Blô Êban" in listed
    assert "Chưa đủ" in page
    assert "H'Lan" not in page


def test_the_refuge_is_shown_for_once_by_a_press(client_for, lan, recorded):
    measure = recorded("M_D_SHELTER", secret_place="Nhà chị Hoa")
    client, address = client_for(lan), reverse("measures:refuge", args=[measure.id])

    assert client.get(address).status_code == 405
    assert "Nhà chị Hoa" in client.post(address).content.decode()


def test_every_step_is_taken_from_the_measures_page(client_for, lan, twice, asked, decided, chairwoman, now):
    measure, client = decided(chairwoman, asked("M_I_COMMUNITY_WORK")), client_for(lan)
    for addressee in ("perpetrator", "village_head"):
        told = {"addressee": addressee, "method": "in_person"} | moment("served_at", now)
        client.post(reverse("measures:serve", args=[measure.id]), told)
    client.post(reverse("measures:begin", args=[measure.id]), moment("happened_at", now))
    told = {"kind": "session", "told": "Trồng mười cây.", "attended": "yes"} | moment("happened_at", now)
    client.post(reverse("measures:record_event", args=[measure.id]), told)
    page = client.get(reverse("measures:detail", args=[measure.id])).content.decode()
    assert "Trồng mười cây." in page
    told = {"fact_result": "Làm đủ."} | moment("ended_at", now)
    client.post(reverse("measures:end", args=[measure.id]), told)

    with acting(lan):
        assert Measure.objects.get(id=measure.id).state == "ended"
