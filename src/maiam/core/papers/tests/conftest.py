"""One fictional case in Đắk Wil, and each of its papers."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from maiam.core.law.no_contact import CancelGround, Ground, Requester
from maiam.core.papers import OfficialPaper
from maiam.core.papers.forms.cancellation_request import CancellationRequestFacts, cancellation_request
from maiam.core.papers.forms.contact_notice import ContactNoticeFacts, contact_notice
from maiam.core.papers.forms.facts import (
    Commune,
    CommuneKind,
    DecisionReference,
    Perpetrator,
    ProtectedPerson,
    Signer,
)
from maiam.core.papers.forms.no_contact_cancellation import (
    NoContactCancellationFacts,
    no_contact_cancellation,
)
from maiam.core.papers.forms.no_contact_decision import NoContactDecisionFacts, no_contact_decision
from maiam.core.papers.forms.no_contact_refusal import NoContactRefusalFacts, no_contact_refusal
from maiam.core.papers.forms.no_contact_request import NoContactRequestFacts, no_contact_request
from maiam.core.papers.forms.supervisor_assignment import (
    Supervisor,
    SupervisorAssignmentFacts,
    supervisor_assignment,
)

ROOT: Final = Path(__file__).resolve().parents[5]
SIGNED_AT: Final = datetime(2026, 2, 3, 7, 5, tzinfo=UTC)  # 14:05 in Vietnam
ENDS_AT: Final = SIGNED_AT + timedelta(days=3)
DAK_WIL: Final = Commune(CommuneKind.XA, "Đắk Wil", "tỉnh Lâm Đồng")
CHAIRWOMAN: Final = Signer("Trần Thị Thu Hương")
PERPETRATOR: Final = Perpetrator("Điểu K'Rê̆", 1985, "bon Đắk R'Mưng, xã Đắk Wil, tỉnh Lâm Đồng")
PROTECTED: Final = ProtectedPerson("H'Mưč Bŭôn Yă", 1990)
DECISION: Final = DecisionReference(5, date(2026, 2, 3), DAK_WIL)

# Every form with facts that suffice for it.
FORMS: Final[dict[Callable[..., OfficialPaper], object]] = {
    no_contact_decision: NoContactDecisionFacts(
        commune=DAK_WIL,
        number=5,
        issued_at=SIGNED_AT,
        signer=CHAIRWOMAN,
        ground=Ground.REQUESTED,
        perpetrator=PERPETRATOR,
        protected_person=PROTECTED,
        reason="Ngày 02/02/2026 người có hành vi bạo lực gia đình đã đánh người bị bạo lực gia đình",
        starts_at=SIGNED_AT,
        ends_at=ENDS_AT,
    ),
    no_contact_refusal: NoContactRefusalFacts(
        commune=DAK_WIL,
        number=6,
        issued_at=SIGNED_AT,
        signer=CHAIRWOMAN,
        requester_name="bà H'Mưč Bŭôn Yă",
        requested_at=SIGNED_AT,
        perpetrator_name=PERPETRATOR.name,
        reasons=("Hành vi xảy ra tại xã khác, đề nghị đã được chuyển đến nơi có thẩm quyền",),
    ),
    no_contact_cancellation: NoContactCancellationFacts(
        decision=DECISION,
        number=7,
        issued_at=SIGNED_AT,
        signer=CHAIRWOMAN,
        ground=CancelGround.NO_LONGER_NEEDED,
        reason="Biện pháp này không còn cần thiết.",
        perpetrator_name=PERPETRATOR.name,
        protected_person=PROTECTED,
    ),
    supervisor_assignment: SupervisorAssignmentFacts(
        decision=DECISION,
        number=3,
        issued_at=SIGNED_AT,
        signer=Signer("Nguyễn Hữu Phước", rank="Thiếu tá"),
        received_at=SIGNED_AT,
        supervisors=(Supervisor("Y Bling Niê", "Bon trưởng"),),
        perpetrator_name=PERPETRATOR.name,
        protected_person=PROTECTED,
        ends_at=ENDS_AT,
    ),
    contact_notice: ContactNoticeFacts(
        decision=DECISION,
        sender_name=PERPETRATOR.name,
        protected_name=PROTECTED.name,
        supervisor_name="Y Bling Niê",
    ),
    cancellation_request: CancellationRequestFacts(decision=DECISION, requester_name=PROTECTED.name),
    no_contact_request: NoContactRequestFacts(
        commune=DAK_WIL,
        requested_at=SIGNED_AT,
        requester_name="Hội Liên hiệp Phụ nữ xã Đắk Wil",
        role=Requester.COMPETENT_BODY,
        protected_person=PROTECTED,
        perpetrator=PERPETRATOR,
        conduct="Đánh, đe dọa",
        harm="Tổn hại sức khỏe",
    ),
}


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def paper(request: pytest.FixtureRequest) -> OfficialPaper:
    """Each paper in turn."""
    made: OfficialPaper = request.param(FORMS[request.param])
    return made


@pytest.fixture
def decision() -> OfficialPaper:
    return no_contact_decision(FORMS[no_contact_decision])


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of the Tinos fonts that the front-end build fills."""
    folder = Path(os.environ.get("MAIAM_PAPER_FONTS", ROOT / "frontend" / "dist" / "fonts" / "papers"))
    if not any(folder.glob("*.ttf")):
        pytest.skip(f"no paper fonts in {folder}: build the front end, or set MAIAM_PAPER_FONTS")
    return folder
