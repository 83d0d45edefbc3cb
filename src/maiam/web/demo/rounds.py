"""Rounds of collection: one that ended in summer in three communes, one running with its villages at different points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from maiam.contexts.places.models import Unit
from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.models import Assignment, Recheck, Round
from maiam.contexts.surveys.queries import HouseholdToDo
from maiam.contexts.surveys.rules.answering import Person, judge
from maiam.contexts.surveys.rules.rounds import RoundKind, SheetKind, WhyNotMet
from maiam.contexts.surveys.services import Sent
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Role, acting
from maiam.platform.ids import new_id
from maiam.web.demo import questions
from maiam.web.demo.offices import seated

ENDED_BEFORE, ENDED_AFTER = timedelta(days=130), timedelta(days=14)
RUNNING_SINCE = timedelta(days=9)
SAMPLE = 0.1
# Of the running round, how far each village has come, one after the other.
SHARES_DONE = (0.85, 0.4, 1.0, 0.15, 0.0)
NOT_MET = 0.06
HEARD_OTHERWISE = 0.12
# Nobody of these ages goes to school, or works.
SCHOOL, WORK_FROM, OLD_FROM = range(6, 16), 16, 65


def publish_questions(commune: Unit, now: datetime) -> None:
    """The province publishes the house's own questions, and then those with some of its own."""
    at = now - ENDED_BEFORE - timedelta(days=3)
    analyst = seated(Role.PROVINCE_ANALYST, commune, at)
    with acting(analyst):
        services.publish_situation(actor=analyst, now=at)
        own = services.upload_version(
            actor=analyst, content=questions.workbook(), file_name=questions.FILE_NAME, now=at
        )
        services.publish_version(actor=analyst, version_id=own.id, now=at)


@dataclass(frozen=True)
class Collectors:
    """A commune's officer and, where there is one, its village head, in a round that began at a moment."""

    commune: Unit
    random: Random

    def end_a_round(self, now: datetime) -> None:
        since = now - ENDED_BEFORE
        row = self._begins("Tình hình gia đình, 6 tháng đầu năm", "SURVEY_COLLECT_HALF_MONTH", since)
        for assignment in Assignment.objects.filter(round=row):
            self._collects(assignment, 1.0, since + timedelta(days=8))
            collector = self._collector(assignment, since)
            with acting(collector):
                at = since + timedelta(days=12)
                services.hand_in(actor=collector, assignment_id=assignment.id, affirms_nil=False, now=at)
        self._asks_again(row, since + timedelta(days=13))
        officer, at = self._officer(since), since + ENDED_AFTER
        why = "Hộ cán bộ xã đã hỏi thì chưa có người khác phúc tra."
        with acting(officer):
            services.close_round(actor=officer, round_id=row.id, why=why, now=at)

    def run_a_round(self, now: datetime) -> None:
        since = now - RUNNING_SINCE
        row = self._begins("Tình hình gia đình, cuối năm", "SURVEY_COLLECT_MONTH", since)
        handed_in = []
        for number, assignment in enumerate(Assignment.objects.filter(round=row).order_by("village__folded_name")):
            share = SHARES_DONE[number % len(SHARES_DONE)]
            self._collects(assignment, share, since + timedelta(days=4))
            if share == 1:
                collector = self._collector(assignment, now)
                with acting(collector):
                    at = now - timedelta(days=2)
                    services.hand_in(actor=collector, assignment_id=assignment.id, affirms_nil=False, now=at)
                handed_in.append(assignment)
        for assignment in handed_in[1:]:
            self._gives_back(assignment, now - timedelta(days=1))

    def _gives_back(self, assignment: Assignment, at: datetime) -> None:
        officer, why = self._officer(at), "Nhiều hộ ghi nhà đơn sơ mà không thuộc diện nghèo. Xem lại từng hộ giúp tôi."
        with acting(officer):
            services.give_back(actor=officer, assignment_id=assignment.id, why=why, now=at)

    def _officer(self, at: datetime) -> Actor:
        return seated(Role.CULTURE_OFFICER, self.commune, at)

    def _collector(self, assignment: Assignment, at: datetime) -> Actor:
        role = Role(assignment.post.role)
        return seated(role, self.commune, at)

    def _begins(self, title: str, limit: str, at: datetime) -> Round:
        officer = self._officer(at)
        with acting(officer):
            (version,) = (one for one in queries.published_versions(officer) if one.asked.code == questions.CODE)
            row = services.prepare_round(
                actor=officer,
                commune_id=self.commune.id,
                title=title,
                kind=RoundKind.EVERY,
                version_id=version.id,
                limit=limit,
                now=at,
            )
            return services.start_round(actor=officer, round_id=row.id, now=at)

    def _collects(self, assignment: Assignment, share: float, at: datetime) -> None:
        """Ask a share of a village's households; now and then nobody is at home."""
        collector = self._collector(assignment, at)
        with acting(collector):
            homes = queries.households_to_do(collector, assignment.round_id, at, limit=1000)
            theirs = [one for one in homes if one.household.village_id == assignment.village_id]
            for home in theirs[: round(len(theirs) * share)]:
                services.submit_sheet(actor=collector, sent=self._sheet(assignment, home, at), now=at)

    def _sheet(self, assignment: Assignment, home: HouseholdToDo, at: datetime) -> Sent:
        is_met = self.random.random() >= NOT_MET
        answers = self._answers(home) if is_met else {}
        verdict = judge(assignment.round.version.asked, answers, home.setting)
        return Sent(
            round_id=assignment.round_id,
            household_id=home.household.id,
            client_id=new_id(),
            base=0,
            kind=SheetKind.ANSWERED if is_met else SheetKind.NOT_MET,
            answers=answers,
            reasons={fault.key: "Gia đình cho biết đúng là như vậy" for fault in verdict.soft} if is_met else {},
            why_not_met="" if is_met else self.random.choice((WhyNotMet.AWAY, WhyNotMet.DECLINED)),
            collected_at=at.astimezone(VIETNAM),
        )

    def _answers(self, home: HouseholdToDo) -> dict[str, Any]:
        pick = self._pick
        household = {
            "loai_ho": home.setting.told["loai_ho_theo_so"] or "khac",
            "dien_ngheo": pick({"ngheo": 8, "can_ngheo": 12, "khong": 80}),
            "nha_o": pick({"kien_co": 30, "ban_kien_co": 50, "thieu_kien_co": 14, "don_so": 6}),
            "nuoc_sach": pick({"co": 80, "khong": 20}),
            "so_nguoi_di_lam_xa": int(pick({"0": 75, "1": 20, "2": 5})),
            "danh_hieu": pick({"co": 70, "khong": 15, "khong_dang_ky": 15}),
            "ung_xu": pick({"co": 50, "khong": 30, "chua_biet": 20}),
        }
        if household["ung_xu"] == "co":
            household["ung_xu_dieu"] = [pick({"binh_dang": 1, "yeu_thuong": 2, "ton_trong": 2, "chia_se": 2})]
        members = {person.id: self._member(person) for person in home.setting.people}
        return {"household": household | questions.household_answers(self.random), "members": members}

    def _member(self, person: Person) -> dict[str, Any]:
        age, pick = person.age if person.age is not None else 40, self._pick
        answers: dict[str, Any] = {
            "hoc_van": pick({"tieu_hoc": 3, "trung_hoc_co_so": 4, "trung_hoc_pho_thong": 2, "nghe_trung_cap": 1}),
            "dang_di_hoc": "co" if age in SCHOOL else "khong",
            "viec_lam": pick({"nong_nghiep": 60, "lam_thue": 15, "buon_ban": 10, "nha_nuoc": 5, "noi_tro": 10}),
            "khuyet_tat": pick({"khong": 96, "co_giay": 3, "chua_giay": 1}),
        }
        if age in SCHOOL:
            answers |= {"hoc_van": "chua_hoc" if age <= SCHOOL[5] else "tieu_hoc", "viec_lam": "di_hoc"}
        if age >= OLD_FROM:
            answers["viec_lam"] = "nghi_huu"
        if answers["khuyet_tat"] != "khong":
            answers["dang_tat"] = [pick({"van_dong": 4, "nghe_noi": 2, "nhin": 2, "khac": 1})]
        return answers | questions.member_answers(self.random)

    def _pick(self, weights: dict[str, int]) -> str:
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def _asks_again(self, row: Round, at: datetime) -> None:
        """The officer asks again what the village head had asked; what the officer asked waits for another."""
        officer = self._officer(at)
        with acting(officer):
            services.draw_sample(actor=officer, round_id=row.id, share=SAMPLE, seed=195, now=at)
            for recheck in self._of_others(row, officer):
                values = dict(recheck.sheet.answers["household"])
                if self.random.random() < HEARD_OTHERWISE:
                    values["nha_o"] = self._pick({"kien_co": 1, "ban_kien_co": 1})
                services.record_recheck(actor=officer, recheck_id=recheck.id, values=values, now=at)

    @staticmethod
    def _of_others(row: Round, officer: Actor) -> Iterable[Recheck]:
        drawn = Recheck.objects.filter(round=row).select_related("sheet")
        return list(drawn.exclude(collected_by_id=officer.account_id).order_by("household__code"))
