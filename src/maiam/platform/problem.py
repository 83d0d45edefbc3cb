"""How the API says no: problem JSON (RFC 9457) with the rule's code and the fields at fault."""

from ninja import Schema


class Problem(Schema):
    title: str
    status: int
    code: str
    fields: dict[str, list[str]] = {}
    request_id: str = ""
