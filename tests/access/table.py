"""Who may open what: one row for every address of the site. A new address without a row fails the tests.

The value is the power a page asks for; PUBLIC pages ask for nothing, SIGNED_IN ones for any post.
"""

from maiam.platform.access import Permission

P = Permission

PUBLIC = "public"
SIGNED_IN = "signed in"
# Whoever may read some report may open its page; which one, the row decides.
ANY_OF_REPORTS = "some report"
# Both who sent a referral and who is to answer it open it; which one, the row decides.
EITHER_SIDE_OF_REFERRALS = "some referral"

PAGES: dict[str, P | str] = {
    # --- the public
    "public:home": PUBLIC,
    "public:report": PUBLIC,
    "public:follow": PUBLIC,
    "public:numbers": PUBLIC,
    "public:exit": PUBLIC,
    "places:search": PUBLIC,
    "places:villages": PUBLIC,
    "places:unit": PUBLIC,
    # --- the commune's own villages
    "places:own_villages": P.EDIT_VILLAGES,
    "places:add_village": P.EDIT_VILLAGES,
    "places:rename_village": P.EDIT_VILLAGES,
    "places:merge_village": P.EDIT_VILLAGES,
    "places:end_village": P.EDIT_VILLAGES,
    # --- duties
    "duties:today": P.VIEW_DUTIES,
    "duties:whole_place": P.WATCH_DUTIES,
    "duties:notices": P.VIEW_DUTIES,
    "duties:read_notices": P.VIEW_DUTIES,
    # --- reports
    "reports:take": P.TAKE_REPORT,
    "reports:call": P.TAKE_REPORT,
    "reports:own": P.VIEW_OWN_REPORTS,
    "reports:list": P.VIEW_REPORTS,
    "reports:unplaced": P.PLACE_REPORTS,
    "reports:ledger": P.VIEW_LEDGER,
    "reports:detail": ANY_OF_REPORTS,
    "reports:picture": P.VIEW_REPORTS,
    "reports:reporter": P.VIEW_REPORTER,
    "reports:triage": P.TRIAGE_REPORTS,
    "reports:second": P.TRIAGE_REPORTS,
    "reports:attempt": P.TRIAGE_REPORTS,
    "reports:ask": P.ANSWER_REPORTER,
    "reports:answer": P.ANSWER_REPORTER,
    "reports:place": P.PLACE_REPORTS,
    "reports:give_back": P.TRIAGE_REPORTS,
    # --- danger
    "risk:case": P.VIEW_CASES,
    "risk:badge": P.VIEW_CASES,
    "risk:assess": P.ASSESS_RISK,
    "risk:raise": P.RAISE_RISK,
    "risk:decide_lowering": P.LOWER_RISK,
    "risk:calibration": P.VIEW_OVERVIEW,
    # --- support
    "support:case": P.VIEW_CASES,
    "support:record_contact": P.PLAN_SUPPORT,
    "support:safety_plan": P.PLAN_SUPPORT,
    "support:give_consent": P.PLAN_SUPPORT,
    "support:withdraw_consent": P.PLAN_SUPPORT,
    "support:send": P.PLAN_SUPPORT,
    "support:unmet": P.PLAN_SUPPORT,
    "support:inbox": P.ANSWER_REFERRALS,
    "support:referral": EITHER_SIDE_OF_REFERRALS,
    # --- lists that leave the register
    "exports:list": P.VIEW_EXPORTS,
    "exports:ask": P.EXPORT_FAMILIES,
    "exports:detail": P.VIEW_EXPORTS,
    "exports:decide": P.APPROVE_EXPORTS,
    "exports:fetch": P.EXPORT_FAMILIES,
    # --- people and posts
    "home": SIGNED_IN,
    "accounts:demo": PUBLIC,
    "accounts:posts": SIGNED_IN,
    "accounts:set_up": PUBLIC,
    "accounts:tokens": P.USE_API,
    "accounts:revoke_token": SIGNED_IN,
    "accounts:list": P.MANAGE_ACCOUNTS,
    "accounts:add": P.MANAGE_ACCOUNTS,
    "accounts:all_tokens": P.MANAGE_ACCOUNTS,
    "accounts:find_place": P.MANAGE_ACCOUNTS,
    "accounts:add_province_post": P.MANAGE_ACCOUNTS,
    "accounts:add_post": P.MANAGE_ACCOUNTS,
    "accounts:end_post": P.MANAGE_ACCOUNTS,
    "accounts:account": P.MANAGE_ACCOUNTS,
    "accounts:find_post": P.MANAGE_ACCOUNTS,
    "accounts:give_post": P.MANAGE_ACCOUNTS,
    "accounts:make_set_up_code": P.MANAGE_ACCOUNTS,
    "accounts:ask_reset": P.MANAGE_ACCOUNTS,
    "accounts:confirm_reset": P.MANAGE_ACCOUNTS,
    "accounts:end_sessions": P.MANAGE_ACCOUNTS,
    # --- the register
    "families:search": P.VIEW_FAMILIES,
    "families:pick": P.VIEW_FAMILIES,
    "families:add_person": P.EDIT_FAMILIES,
    "families:person": P.VIEW_FAMILIES,
    "families:edit_person": P.EDIT_FAMILIES,
    "families:identity_number": P.VIEW_IDENTITY_NUMBER,
    "families:add_household": P.EDIT_FAMILIES,
    "families:household": P.VIEW_FAMILIES,
    "families:add_member": P.EDIT_FAMILIES,
    # --- likely doubles
    "linkage:list": P.JUDGE_DOUBLES,
    "linkage:pair": P.JUDGE_DOUBLES,
    "linkage:tell_apart": P.JUDGE_DOUBLES,
    "linkage:put_off": P.JUDGE_DOUBLES,
    "linkage:undo": P.JUDGE_DOUBLES,
    # --- changes asked of the register
    "changes:list": P.REQUEST_CHANGE,
    "changes:ask": P.REQUEST_CHANGE,
    "changes:ask_kind": P.REQUEST_CHANGE,
    "changes:ask_new_member": P.REQUEST_CHANGE,
    "changes:detail": P.REQUEST_CHANGE,
    "changes:decide": P.DECIDE_CHANGE,
    "changes:ask_back": P.DECIDE_CHANGE,
    "changes:answer": P.REQUEST_CHANGE,
    "changes:withdraw": P.REQUEST_CHANGE,
    # --- cases and orders
    "cases:list": P.VIEW_CASES,
    "cases:detail": P.VIEW_CASES,
    "cases:verify_incident": P.OPEN_CASES,
    "cases:of_report": P.VIEW_CASES,
    "cases:of_incident": P.VIEW_CASES,
    "cases:open_from_report": P.OPEN_CASES,
    "cases:choose_people": P.OPEN_CASES,
    "cases:join_incident": P.OPEN_CASES,
    "cases:awaiting_decision": P.DECIDE_NO_CONTACT,
    "cases:decide_no_contact": P.DECIDE_NO_CONTACT,
    "cases:refuse_no_contact": P.DECIDE_NO_CONTACT,
    "cases:cancel_no_contact": P.DECIDE_NO_CONTACT,
    "cases:decline_cancellation": P.DECIDE_NO_CONTACT,
    "cases:order_on_life_threat": P.DECIDE_NO_CONTACT,
    "cases:request_no_contact": P.REQUEST_NO_CONTACT,
    "cases:request_cancellation": P.REQUEST_NO_CONTACT,
    "cases:no_contact_list": P.VIEW_NO_CONTACT,
    "cases:no_contact": P.VIEW_NO_CONTACT,
    "cases:serve_no_contact": P.SERVE_NO_CONTACT,
    "cases:assign_supervisors": P.SUPERVISE_NO_CONTACT,
    "cases:record_meeting": P.SUPERVISE_NO_CONTACT,
    "cases:permit_contact": P.SUPERVISE_NO_CONTACT,
    "cases:record_breach": P.RECORD_BREACH,
    "cases:document": P.VIEW_NO_CONTACT,
    "cases:form": P.VIEW_NO_CONTACT,
    # --- the province, the trail
    "evaluation:overview": P.VIEW_OVERVIEW,
    "evaluation:overview_map": P.VIEW_OVERVIEW,
    "audit:trail": P.VIEW_AUDIT,
}
