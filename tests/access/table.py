"""Who may open what: one row for every address of the site. A new address without a row fails the tests.

The value is the power a page asks for; PUBLIC pages ask for nothing, SIGNED_IN ones for any post.
"""

from maiam.platform.access import Permission as P

PUBLIC = "public"
SIGNED_IN = "signed in"

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
    # --- duties
    "duties:today": P.VIEW_DUTIES,
    "duties:whole_place": P.WATCH_DUTIES,
    "duties:notices": P.VIEW_DUTIES,
    "duties:read_notices": P.VIEW_DUTIES,
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
