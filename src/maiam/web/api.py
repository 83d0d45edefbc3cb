"""The API: the same rules, the same audit, the same refusals as the screens, as JSON."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import APIKeyCookie, APIKeyHeader, HttpBearer
from ninja.utils import check_csrf

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.alarms.api import router as alarms
from maiam.contexts.cases.api import router as cases
from maiam.contexts.changes.api import router as changes
from maiam.contexts.contacts.api import router as contacts
from maiam.contexts.disclosures.api import router as disclosures
from maiam.contexts.duties.api import router as duties
from maiam.contexts.exports.api import router as exports
from maiam.contexts.families.api import router as families
from maiam.contexts.hotspots.api import router as hotspots
from maiam.contexts.imports.api import router as imports
from maiam.contexts.measures.api import router as measures
from maiam.contexts.places.api import router as places
from maiam.contexts.reports.api import router as reports
from maiam.contexts.reviews.api import router as reviews
from maiam.contexts.risk.api import router as risk
from maiam.contexts.statistics.api import router as statistics
from maiam.contexts.support.api import router as support
from maiam.contexts.surveys.api import router as surveys
from maiam.contexts.webhooks.rules import is_signed
from maiam.platform.access import Actor, Permission
from maiam.platform.access.context import enter
from maiam.platform.errors import DomainError, ForbiddenError, NotFoundError
from maiam.platform.requests import current_request_id


class TokenAuth(HttpBearer):
    """A machine's token stands for a post; expired, revoked and unknown tokens look alike."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = accounts.actor_of_token(token, now=timezone.now())
        if actor is None:
            return None
        actor.require(Permission.USE_API)
        enter(actor)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class SeatAuth(APIKeyCookie):
    """A phone on which a person has signed in to the site: the same session, with both factors, in the same post."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = accounts.actor_of(request, timezone.now()) if key else None
        if actor is None:
            return None
        if check_csrf(request):
            raise HttpError(HTTPStatus.FORBIDDEN, "Trang đã cũ. Hãy mở lại rồi gửi.")
        enter(actor)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class GatewayAuth(APIKeyHeader):
    """The gateway that carries our messages: it signs what it says as we sign, with the secret we share."""

    param_name = "Maiam-Signature"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        secret = settings.CONTACT_GATEWAY_TOKEN
        if not key or not secret or not is_signed(key, request.body, secret=secret, now=timezone.now()):
            return None
        actor = Actor.gateway()
        enter(actor)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


api = NinjaAPI(
    title="Mái Ấm",
    version="1",
    description="Tin báo, hộ gia đình, vụ việc và đồng hồ theo luật của một tỉnh.",
    auth=TokenAuth(),
    urls_namespace="api",
)
api.add_router("/places", places)
api.add_router("/families", families)
api.add_router("/changes", changes)
api.add_router("/surveys", surveys, auth=[TokenAuth(), SeatAuth()])
api.add_router("/exports", exports)
api.add_router("/imports", imports)
api.add_router("/reports", reports)
api.add_router("/duties", duties)
api.add_router("/cases", cases)
api.add_router("/contacts", contacts, auth=[TokenAuth(), GatewayAuth()])
api.add_router("/measures", measures)
api.add_router("/reviews", reviews)
api.add_router("/disclosures", disclosures)
api.add_router("/risk", risk)
api.add_router("/support", support)
api.add_router("/alarms", alarms)
api.add_router("/statistics", statistics)
api.add_router("/hotspots", hotspots)


def _problem(request: HttpRequest, status: HTTPStatus, *, code: str, title: str, fields: Any = None) -> HttpResponse:
    transaction.set_rollback(True)
    body = {
        "title": title,
        "status": int(status),
        "code": code,
        "fields": fields or {},
        "request_id": current_request_id(),
    }
    return api.create_response(request, body, status=int(status))


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    fields = {error.field: [str(error)]} if error.field else None
    return _problem(request, HTTPStatus.CONFLICT, code=error.code, title=str(error), fields=fields)


@api.exception_handler(NotFoundError)
def _not_found(request: HttpRequest, error: NotFoundError) -> HttpResponse:
    return _problem(request, HTTPStatus.NOT_FOUND, code="not_found", title="Không tìm thấy.")


@api.exception_handler(ForbiddenError)
def _forbidden(request: HttpRequest, error: ForbiddenError) -> HttpResponse:
    return _problem(request, HTTPStatus.FORBIDDEN, code="forbidden", title="Chức vụ của bạn không có quyền này.")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        fields.setdefault(".".join(str(part) for part in fault["loc"][1:]), []).append(fault["msg"])
    return _problem(
        request, HTTPStatus.UNPROCESSABLE_ENTITY, code="invalid", title="Dữ liệu gửi lên chưa đúng.", fields=fields
    )


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = HTTPStatus(error.status_code)
    return _problem(request, status, code=status.name.lower(), title=str(error))
