"""Which power each endpoint asks of a key's post; a new endpoint without a row fails the tests. None: any key."""

from maiam.platform.access import Permission

P = Permission
BASE = "/api/v1"

ENDPOINTS: dict[tuple[str, str], P | None] = {
    ("GET", f"{BASE}/places/communes"): None,
    ("GET", f"{BASE}/families/persons"): P.VIEW_FAMILIES,
    ("POST", f"{BASE}/families/persons"): P.EDIT_FAMILIES,
    ("GET", f"{BASE}/families/persons/{{person_id}}"): P.VIEW_FAMILIES,
    ("GET", f"{BASE}/families/persons/page"): P.VIEW_FAMILIES,
    ("GET", f"{BASE}/families/households"): P.VIEW_FAMILIES,
    ("GET", f"{BASE}/families/households/{{household_id}}"): P.VIEW_FAMILIES,
    ("POST", f"{BASE}/exports"): P.EXPORT_FAMILIES,
    ("GET", f"{BASE}/exports/{{export_id}}"): P.VIEW_EXPORTS,
    ("POST", f"{BASE}/exports/{{export_id}}/file"): P.EXPORT_FAMILIES,
    ("GET", f"{BASE}/changes"): P.REQUEST_CHANGE,
    ("POST", f"{BASE}/changes"): P.REQUEST_CHANGE,
    ("GET", f"{BASE}/changes/{{request_id}}"): P.REQUEST_CHANGE,
    ("GET", f"{BASE}/surveys/villages"): P.COLLECT_ANSWERS,
    ("GET", f"{BASE}/surveys/questionnaires/{{version_id}}"): P.COLLECT_ANSWERS,
    ("GET", f"{BASE}/surveys/rounds/{{round_id}}/households"): P.COLLECT_ANSWERS,
    ("POST", f"{BASE}/surveys/rounds/{{round_id}}/sheets"): P.COLLECT_ANSWERS,
    ("GET", f"{BASE}/imports"): P.IMPORT_FAMILIES,
    ("POST", f"{BASE}/imports"): P.IMPORT_FAMILIES,
    ("GET", f"{BASE}/imports/{{list_id}}"): P.IMPORT_FAMILIES,
    ("POST", f"{BASE}/imports/{{list_id}}/columns"): P.IMPORT_FAMILIES,
    ("GET", f"{BASE}/imports/{{list_id}}/problems"): P.IMPORT_FAMILIES,
    ("POST", f"{BASE}/imports/{{list_id}}/take"): P.IMPORT_FAMILIES,
    ("POST", f"{BASE}/reports"): P.TAKE_REPORT,
    ("GET", f"{BASE}/statistics/tables"): P.VIEW_STATISTICS,
    ("GET", f"{BASE}/statistics/tables/{{code}}"): P.VIEW_STATISTICS,
    ("GET", f"{BASE}/reports"): P.VIEW_OWN_REPORTS,
    ("GET", f"{BASE}/reports/{{report_id}}"): P.VIEW_OWN_REPORTS,
    ("GET", f"{BASE}/duties"): P.VIEW_DUTIES,
    ("GET", f"{BASE}/alarms/reports/{{report_id}}"): P.VIEW_CASES,
    ("GET", f"{BASE}/cases/no-contact/in-force"): P.VIEW_NO_CONTACT,
    ("GET", f"{BASE}/cases/no-contact/awaiting-decision"): P.DECIDE_NO_CONTACT,
    ("POST", f"{BASE}/cases/no-contact/{{measure_id}}/services"): P.SERVE_NO_CONTACT,
    ("POST", f"{BASE}/cases/no-contact/{{measure_id}}/breaches"): P.RECORD_BREACH,
}
