"""The one table of powers: which role may do what. Where they may do it comes from the post they hold."""

from enum import StrEnum


class Permission(StrEnum):
    """One power. The name reads `context.thing.done`."""

    EDIT_VILLAGES = "places.village.edited"
    MANAGE_ACCOUNTS = "accounts.account.managed"
    USE_API = "accounts.api.used"

    VIEW_FAMILIES = "families.household.viewed"
    EDIT_FAMILIES = "families.household.edited"
    VIEW_IDENTITY_NUMBER = "families.identity_number.viewed"
    REQUEST_CHANGE = "changes.change.requested"
    DECIDE_CHANGE = "changes.change.decided"
    COLLECT_ANSWERS = "surveys.answer.collected"
    RUN_ROUNDS = "surveys.round.run"
    KEEP_QUESTIONS = "surveys.questionnaire.kept"
    IMPORT_FAMILIES = "imports.file.imported"
    VIEW_EXPORTS = "exports.file.viewed"
    EXPORT_FAMILIES = "exports.file.asked"
    APPROVE_EXPORTS = "exports.file.agreed"
    WATCH_EXPORTS = "exports.file.watched"
    JUDGE_DOUBLES = "linkage.pair.judged"
    VIEW_STATISTICS = "statistics.table.viewed"
    ANSWER_RIGHTS = "rights.request.answered"
    VIEW_RIGHTS = "rights.request.viewed"
    WATCH_RIGHTS = "rights.request.watched"
    APPROVE_ERASURE = "rights.erasure.approved"
    CARRY_ERASURE = "rights.erasure.carried"
    VIEW_RETENTION = "retention.table.viewed"
    KEEP_RETENTION = "retention.period.kept"
    APPROVE_RETENTION = "retention.preview.approved"
    MANAGE_WEBHOOKS = "webhooks.subscription.managed"

    VIEW_DUTIES = "duties.obligation.viewed"
    CARRY_DUTIES = "duties.obligation.carried"
    WATCH_DUTIES = "duties.obligation.watched"
    EXCUSE_DUTIES = "duties.obligation.excused"

    FILE_REPORT = "reports.report.filed"
    FOLLOW_REPORT = "reports.report.followed"
    TAKE_REPORT = "reports.report.taken"
    VIEW_OWN_REPORTS = "reports.own_report.viewed"
    VIEW_REPORTS = "reports.report.viewed"
    TRIAGE_REPORTS = "reports.report.triaged"
    PLACE_REPORTS = "reports.report.placed"
    ANSWER_REPORTER = "reports.reporter.answered"
    VIEW_REPORTER = "reports.reporter.viewed"
    VIEW_LEDGER = "reports.ledger.viewed"

    KEEP_CONTACT_RULES = "contacts.rule.kept"
    REPORT_DELIVERY = "contacts.delivery.reported"

    VIEW_CASES = "cases.case.viewed"
    OPEN_CASES = "cases.case.opened"
    CLOSE_CASES = "cases.case.closed"
    ASSESS_RISK = "risk.assessment.signed"
    RAISE_RISK = "risk.level.raised"
    LOWER_RISK = "risk.level.lowered"
    PLAN_SUPPORT = "support.plan.kept"
    ANSWER_REFERRALS = "support.referral.answered"
    VIEW_NO_CONTACT = "cases.no_contact.viewed"
    REQUEST_NO_CONTACT = "cases.no_contact.requested"
    DECIDE_NO_CONTACT = "cases.no_contact.decided"
    SERVE_NO_CONTACT = "cases.no_contact.served"
    SUPERVISE_NO_CONTACT = "cases.no_contact.supervised"
    RECORD_BREACH = "cases.no_contact.breach_recorded"
    VIEW_PERPETRATORS = "cases.perpetrator_file.viewed"
    VIEW_MEASURES = "measures.measure.viewed"
    REQUEST_MEASURES = "measures.measure.requested"
    DECIDE_MEASURES = "measures.measure.decided"
    CARRY_MEASURES = "measures.measure.carried_out"
    VIEW_SHELTER = "measures.shelter.viewed"

    ASK_COURT_FILE = "disclosures.file.asked"
    ISSUE_COURT_FILE = "disclosures.file.issued"
    VIEW_REVIEWS = "reviews.review.viewed"
    ASK_REVIEW = "reviews.review.asked"
    AGREE_REVIEW = "reviews.review.agreed"

    DECLARE_CONFLICT = "conflicts.conflict.declared"
    WATCH_CONFLICTS = "conflicts.conflict.watched"
    SEAL_MATTERS = "conflicts.matter.sealed"
    BREAK_GLASS = "conflicts.glass.broken"

    VIEW_HOT_SPOTS = "hotspots.alert.viewed"
    WATCH_HOT_SPOTS = "hotspots.province.watched"
    KEEP_HOT_SPOTS = "hotspots.file.kept"
    SET_HOT_SPOTS = "hotspots.thresholds.set"

    VIEW_OVERVIEW = "overview.province.viewed"
    VIEW_AUDIT = "audit.trail.viewed"
    KEEP_AUDIT = "audit.trail.sealed"
    KEEP_HOUSE = "house.kept"


class Role(StrEnum):
    """What a post is for. The Vietnamese label is `ROLE_LABELS[role]`."""

    VILLAGE_HEAD = "village_head"
    CULTURE_OFFICER = "culture_officer"
    COMMUNE_CHAIRMAN = "commune_chairman"
    COMMUNE_POLICE = "commune_police"
    HEALTH_STATION = "health_station"
    WOMEN_UNION = "women_union"
    TEAM_LEADER = "team_leader"
    TEAM_MEMBER = "team_member"
    TRUSTED_HOST = "trusted_host"
    HOTLINE_OPERATOR = "hotline_operator"
    PROVINCE_ANALYST = "province_analyst"
    PROVINCE_LEADER = "province_leader"
    TRAINER = "trainer"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.VILLAGE_HEAD: "Trưởng thôn (bon, buôn), Tổ trưởng tổ dân phố",
    Role.CULTURE_OFFICER: "Công chức văn hóa - xã hội",
    Role.COMMUNE_CHAIRMAN: "Chủ tịch UBND xã",
    Role.COMMUNE_POLICE: "Công an xã",
    Role.HEALTH_STATION: "Trạm y tế",
    Role.WOMEN_UNION: "Hội Liên hiệp Phụ nữ xã",
    Role.TEAM_LEADER: "Đội trưởng đội phản ứng nhanh",
    Role.TEAM_MEMBER: "Thành viên đội phản ứng nhanh",
    Role.TRUSTED_HOST: "Chủ địa chỉ tin cậy",
    Role.HOTLINE_OPERATOR: "Trực tổng đài",
    Role.PROVINCE_ANALYST: "Chuyên viên cấp tỉnh",
    Role.PROVINCE_LEADER: "Lãnh đạo cấp tỉnh",
    Role.TRAINER: "Tập huấn và truyền thông",
    Role.INSPECTOR: "Thanh tra, bảo vệ dữ liệu",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}

P = Permission

_TAKES_REPORTS = frozenset({P.TAKE_REPORT, P.VIEW_OWN_REPORTS, P.VIEW_DUTIES, P.DECLARE_CONFLICT})
_KNOWS_CASES = frozenset({P.VIEW_REPORTS, P.VIEW_CASES, P.VIEW_NO_CONTACT, P.VIEW_FAMILIES, P.VIEW_LEDGER})
_KNOWS_PERPETRATORS = frozenset({P.VIEW_PERPETRATORS, P.VIEW_MEASURES})
_COOLS_HOT_SPOTS = frozenset({P.VIEW_HOT_SPOTS, P.KEEP_HOT_SPOTS})

POWERS: dict[Role, frozenset[Permission]] = {
    Role.VILLAGE_HEAD: _TAKES_REPORTS | {P.CARRY_DUTIES, P.VIEW_FAMILIES, P.REQUEST_CHANGE, P.COLLECT_ANSWERS},
    Role.CULTURE_OFFICER: _TAKES_REPORTS
    | _KNOWS_CASES
    | _KNOWS_PERPETRATORS
    | _COOLS_HOT_SPOTS
    | {
        P.REQUEST_MEASURES,
        P.CARRY_MEASURES,
        P.VIEW_SHELTER,
        P.EDIT_VILLAGES,
        P.EDIT_FAMILIES,
        P.VIEW_IDENTITY_NUMBER,
        P.CARRY_DUTIES,
        P.WATCH_DUTIES,
        P.TRIAGE_REPORTS,
        P.ANSWER_REPORTER,
        P.VIEW_REPORTER,
        P.KEEP_CONTACT_RULES,
        P.VIEW_REVIEWS,
        P.ASK_REVIEW,
        P.ASK_COURT_FILE,
        P.OPEN_CASES,
        P.BREAK_GLASS,
        P.ASSESS_RISK,
        P.RAISE_RISK,
        P.PLAN_SUPPORT,
        P.REQUEST_NO_CONTACT,
        P.SERVE_NO_CONTACT,
        P.RECORD_BREACH,
        P.REQUEST_CHANGE,
        P.DECIDE_CHANGE,
        P.COLLECT_ANSWERS,
        P.RUN_ROUNDS,
        P.IMPORT_FAMILIES,
        P.VIEW_EXPORTS,
        P.EXPORT_FAMILIES,
        P.JUDGE_DOUBLES,
        P.VIEW_STATISTICS,
        P.VIEW_RIGHTS,
        P.ANSWER_RIGHTS,
        P.USE_API,
    },
    Role.COMMUNE_CHAIRMAN: _TAKES_REPORTS
    | _KNOWS_CASES
    | _KNOWS_PERPETRATORS
    | _COOLS_HOT_SPOTS
    | {
        P.DECIDE_MEASURES,
        P.VIEW_SHELTER,
        P.EXCUSE_DUTIES,
        P.CARRY_DUTIES,
        P.WATCH_DUTIES,
        P.TRIAGE_REPORTS,
        P.DECIDE_NO_CONTACT,
        P.KEEP_CONTACT_RULES,
        P.VIEW_REVIEWS,
        P.ASK_REVIEW,
        P.AGREE_REVIEW,
        P.ISSUE_COURT_FILE,
        P.CLOSE_CASES,
        P.SEAL_MATTERS,
        P.BREAK_GLASS,
        P.RAISE_RISK,
        P.LOWER_RISK,
        P.VIEW_EXPORTS,
        P.APPROVE_EXPORTS,
        P.VIEW_RIGHTS,
        P.APPROVE_ERASURE,
        P.VIEW_STATISTICS,
        P.USE_API,
    },
    Role.COMMUNE_POLICE: _TAKES_REPORTS
    | _KNOWS_PERPETRATORS
    | {P.DECIDE_MEASURES, P.CARRY_MEASURES, P.VIEW_REVIEWS, P.VIEW_HOT_SPOTS}
    | {P.CARRY_DUTIES, P.VIEW_NO_CONTACT, P.SUPERVISE_NO_CONTACT, P.SERVE_NO_CONTACT, P.RECORD_BREACH, P.USE_API},
    Role.HEALTH_STATION: _TAKES_REPORTS | {P.CARRY_DUTIES, P.ANSWER_REFERRALS, P.VIEW_REVIEWS},
    Role.WOMEN_UNION: _TAKES_REPORTS | {P.CARRY_DUTIES, P.ANSWER_REFERRALS, P.VIEW_REVIEWS, P.VIEW_HOT_SPOTS},
    Role.TEAM_LEADER: _TAKES_REPORTS | {P.CARRY_DUTIES, P.VIEW_HOT_SPOTS},
    Role.TEAM_MEMBER: _TAKES_REPORTS,
    Role.TRUSTED_HOST: _TAKES_REPORTS | {P.CARRY_DUTIES, P.ANSWER_REFERRALS},
    Role.HOTLINE_OPERATOR: _TAKES_REPORTS | {P.CARRY_DUTIES, P.PLACE_REPORTS, P.VIEW_REPORTER, P.USE_API},
    Role.PROVINCE_ANALYST: _COOLS_HOT_SPOTS
    | {P.VIEW_OVERVIEW, P.WATCH_DUTIES, P.VIEW_STATISTICS, P.KEEP_QUESTIONS, P.USE_API}
    | {P.WATCH_HOT_SPOTS, P.SET_HOT_SPOTS},
    Role.PROVINCE_LEADER: frozenset(
        {
            P.VIEW_HOT_SPOTS,
            P.WATCH_HOT_SPOTS,
            P.KEEP_HOT_SPOTS,
            P.VIEW_OVERVIEW,
            P.VIEW_DUTIES,
            P.CARRY_DUTIES,
            P.WATCH_DUTIES,
            P.EXCUSE_DUTIES,
            P.PLACE_REPORTS,
            P.VIEW_STATISTICS,
            P.VIEW_REVIEWS,
            P.AGREE_REVIEW,
            P.DECLARE_CONFLICT,
            P.SEAL_MATTERS,
            P.VIEW_RETENTION,
            P.APPROVE_RETENTION,
        }
    ),
    Role.TRAINER: frozenset({P.VIEW_OVERVIEW}),
    Role.INSPECTOR: frozenset(
        {
            P.VIEW_AUDIT,
            P.VIEW_REVIEWS,
            P.WATCH_RIGHTS,
            P.VIEW_EXPORTS,
            P.WATCH_EXPORTS,
            P.WATCH_CONFLICTS,
            P.SEAL_MATTERS,
        }
        | {P.VIEW_RETENTION, P.KEEP_RETENTION, P.APPROVE_RETENTION}
    ),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_WEBHOOKS, P.VIEW_RETENTION, P.KEEP_RETENTION}),
}

PUBLIC_POWERS = frozenset({P.FILE_REPORT})
RECEIPT_POWERS = frozenset({P.FOLLOW_REPORT})
# A gateway says what became of a message it took, and nothing else.
GATEWAY_POWERS = frozenset({P.REPORT_DELIVERY})
# The house at work by itself (escalation, sealing, demonstration) acts with every power, and says so in the audit.
SYSTEM_POWERS = frozenset(Permission)
