"""How the API says no: problem JSON (RFC 9457) with the rule's code and the fields at fault."""

from ninja import Schema


class Problem(Schema):
    title: str
    status: int
    code: str
    fields: dict[str, list[str]] = {}
    request_id: str = ""


# What any endpoint may answer instead; one that takes a body may find that it cannot be read.
REFUSALS = dict.fromkeys((401, 403, 404, 409, 422), Problem)
REFUSALS_OF_BODY = {400: Problem, **REFUSALS}
