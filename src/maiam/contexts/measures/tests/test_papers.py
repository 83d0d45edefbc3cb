"""Papers of measures: named gaps, one register, nothing secret on any of them, an end by a later paper."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from maiam.contexts.cases.models import EntryRevocation, RegisterEntry
from maiam.contexts.cases.services import check_paper
from maiam.contexts.measures import services
from maiam.contexts.measures.models import Measure, MeasurePaper
from maiam.contexts.measures.rules import papers as rules
from maiam.contexts.measures.rules.states import ServiceMethod
from maiam.contexts.measures.services import (
    AlreadyIssuedError,
    NotCompetentError,
    PaperDraft,
    PaperFactsMissingError,
    PaperHandover,
    SecretOnPaperError,
)
from maiam.core.law.codes import never_on_paper, paper_templates
from maiam.core.papers.content import read_content, write_content
from maiam.core.papers.forms.facts import Commune, CommuneKind, Signer
from maiam.core.papers.templates import Frame, write_paper
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db
SECRET = "Nhà chị Hoa Đá Bạc 77"
TYPED = {"residence": "Bon Đắk Săk", "authority": "Công an tỉnh", "file_list": "Ba tài liệu"}


@pytest.fixture
def issue(now):
    def sign(actor: Actor, measure: Measure, template: str, typed=TYPED, at=now) -> MeasurePaper:
        with acting(actor):
            return services.issue_paper(
                actor=actor, measure_id=measure.id, draft=PaperDraft(template=template, typed=typed), now=at
            )

    return sign


@pytest.fixture
def ordered_course(asked, decided, chairwoman) -> Measure:
    return decided(chairwoman, asked("M_G_EDUCATION"))


def code_on(paper: MeasurePaper) -> str:
    return read_content(paper.content).check_url.rstrip("/").rsplit("/", 1)[1]


def ask(code: str, now):
    with acting(Actor.public()):
        return check_paper(actor=Actor.public(), typed=code, now=now)


def test_a_decision_is_issued_numbered_and_kept_word_for_word(ordered_course, chairwoman, issue):
    paper = issue(chairwoman, ordered_course, "education_decision")

    words = read_content(paper.content)
    entry = RegisterEntry.objects.get(paper_id=paper.id)
    assert words.number.text == f"Số: {paper.number:02d}/QĐ-UBND"
    assert (entry.number, entry.symbol, entry.content_sha256) == (paper.number, "QĐ-UBND", paper.content_sha256)
    assert "Y Blô Êban" in paper.content


def test_what_is_missing_is_named_and_takes_no_number(ordered_course, chairwoman, issue):
    with pytest.raises(PaperFactsMissingError, match="nơi cư trú"):
        issue(chairwoman, ordered_course, "education_decision", typed={})

    assert not RegisterEntry.objects.exists()


def test_measures_and_no_contact_share_one_register_without_a_gap(ordered, ordered_course, chairwoman, issue):
    paper = issue(chairwoman, ordered_course, "education_decision")

    numbers = RegisterEntry.objects.filter(symbol="QĐ-UBND").order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, paper.number + 1))


def test_only_the_one_the_law_names_signs(ordered_course, lan, police_chief, issue):
    for other, answer in ((lan, ForbiddenError), (police_chief, NotCompetentError)):
        with pytest.raises(answer):
            issue(other, ordered_course, "education_decision")
    assert not MeasurePaper.objects.exists()


def test_a_paper_of_another_step_or_kind_is_not_there(ordered_course, chairwoman, issue):
    for wrong in ("measure_refusal", "criticism_decision", "order", "nothing"):
        with pytest.raises(NotFoundError):
            issue(chairwoman, ordered_course, wrong)


def test_a_paper_is_issued_once(ordered_course, chairwoman, issue):
    issue(chairwoman, ordered_course, "education_decision")

    with pytest.raises(AlreadyIssuedError):
        issue(chairwoman, ordered_course, "education_decision")


def test_a_signed_paper_and_its_line_never_change(ordered_course, chairwoman, issue):
    paper = issue(chairwoman, ordered_course, "education_decision")

    for rows in (MeasurePaper.objects.filter(id=paper.id), RegisterEntry.objects.filter(paper_id=paper.id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(number=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_later_paper_ends_the_first_and_whoever_holds_it_learns_so(ordered_course, chairwoman, issue, now):
    first = issue(chairwoman, ordered_course, "education_decision")
    with acting(chairwoman):
        services.cancel_measure(actor=chairwoman, measure_id=ordered_course.id, reason="Đã dời đi.", now=now)
    later = now + timedelta(hours=1)
    ordered_course.refresh_from_db()
    second = issue(chairwoman, ordered_course, "measure_cancellation", at=later)

    assert f"số {first.number:02d}/QĐ-UBND" in second.content
    assert EntryRevocation.objects.get().by_entry.paper_id == second.id
    assert ask(code_on(first), later).revoked_at == later
    assert ask(code_on(second), later).revoked_at is None


def test_the_check_proves_a_paper_and_tells_nothing_of_people(client, ordered_course, chairwoman, issue):
    paper = issue(chairwoman, ordered_course, "education_decision")
    page = client.get(reverse("papers_public:check", args=[code_on(paper)])).content.decode()

    assert f"{paper.number:02d}/QĐ-UBND" in page
    assert paper.content_sha256[:12] in page
    for told in ("Êban", "Niê", "bạo lực", "giáo dục", "Giáo dục", "education"):
        assert told not in page.split("<main")[1].split("</main>")[0]


def test_every_unknown_code_gets_the_same_answer_and_is_counted(client, ordered_course, chairwoman, issue):
    issue(chairwoman, ordered_course, "education_decision")
    answers = set()
    for code in ("00000-00000-00000-00000", "khong-phai-ma"):
        answer = client.get(reverse("papers_public:check", args=[code]))
        assert answer.status_code == 200
        answers.add(answer.content.decode().replace(code, "").split("<main")[1])

    assert len(answers) == 1
    assert "Không có văn bản nào mang mã này" in answers.pop()


def test_the_refuge_never_stands_on_a_paper(recorded, asked, decided, chairwoman, issue):
    recorded("M_D_SHELTER", secret_place=SECRET)
    measure = decided(chairwoman, asked("M_G_EDUCATION"), reason=f"Chị ấy đang ở {SECRET.upper()}.")

    with pytest.raises(SecretOnPaperError):
        issue(chairwoman, measure, "education_decision")
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    "template", [row for row in paper_templates().values() if row.is_for_measures], ids=lambda row: row.code
)
def test_no_template_serves_a_planted_secret(template, now):
    """Each fact of the record is filled with its own marker; those that must stay secret are on no paper."""
    asked_for = {fact.code: "đã ghi" for fact in template.facts}
    planted = {code: f"MARKER-{code}" for code in never_on_paper()}
    frame = Frame(
        commune=Commune(CommuneKind.XA, "Đắk Mil", "tỉnh Lâm Đồng"),
        by_police=False,
        article="",
        signer=Signer("A"),
        issued_at=now,
    )

    assert "MARKER" not in write_content(write_paper(template, planted | asked_for, frame))


@pytest.mark.parametrize("kind", ["M_B_SUMMON", "M_G_EDUCATION"])
def test_what_was_told_when_asking_is_on_no_paper(kind, asked, chairwoman, police_chief, wish, decided, issue):
    actor = police_chief if kind == "M_B_SUMMON" else chairwoman
    told = wish(kind).facts | {"why": "MARKER lời kể của người báo"}
    measure = decided(actor, asked(kind, facts=told))
    for row in rules.numbered(kind, measure.state):
        assert "MARKER" not in issue(actor, measure, row.code).content


def test_a_refusal_reaches_who_asked_and_its_delivery_is_kept(asked, chairwoman, lan, issue, now):
    measure = asked("M_G_EDUCATION", requester_name="Hội Liên hiệp Phụ nữ xã")
    with acting(chairwoman):
        services.refuse_measure(actor=chairwoman, measure_id=measure.id, reason="Chưa đủ căn cứ.", now=now)
    measure.refresh_from_db()
    paper = issue(chairwoman, measure, "measure_refusal")
    handover = PaperHandover(addressee="requester", method=ServiceMethod.IN_PERSON, delivered_at=now)
    with acting(lan):
        services.deliver_paper(actor=lan, paper_id=paper.id, handover=handover, now=now)
        with pytest.raises(services.AlreadyServedError):
            services.deliver_paper(actor=lan, paper_id=paper.id, handover=handover, now=now)

    assert "Chưa đủ căn cứ" in paper.content


def test_the_chairwoman_sees_signs_and_prints_from_the_pages(client_for, ordered_course, chairwoman, lan):
    client = client_for(chairwoman)
    address = reverse("measures:issue_paper", args=[ordered_course.id, "education_decision"])

    assert "nơi cư trú" in client.get(address).content.decode()
    assert "Bon Đắk Săk" in client.post(address, TYPED | {"act": "look"}).content.decode()
    assert not MeasurePaper.objects.exists()
    client.post(address, TYPED | {"act": "sign"})
    paper = MeasurePaper.objects.get()
    for file_format in ("pdf", "docx"):
        assert client.get(reverse("measures:paper", args=[paper.id, file_format])).status_code == 200
    assert client.get(reverse("measures:paper", args=[paper.id, "exe"])).status_code == 404
    assert "01/QĐ-UBND" in client_for(lan).get(reverse("measures:detail", args=[ordered_course.id])).content.decode()
    assert "01/QĐ-UBND" in client_for(lan).get(reverse("cases:register")).content.decode()


def test_someone_elsewhere_finds_no_paper(ordered_course, chairwoman, binh, issue, client_for):
    paper = issue(chairwoman, ordered_course, "education_decision")

    assert client_for(binh).get(reverse("measures:paper", args=[paper.id, "pdf"])).status_code == 404
    assert "QĐ-UBND" not in client_for(binh).get(reverse("cases:register")).content.decode().split("Các mẫu")[0]
