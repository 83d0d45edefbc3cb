"""Turns the house's refusals into pages, once. Anything not named here is a bug: a page with a number, nothing more."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maiam.platform.errors import DomainError, ForbiddenError, NotFoundError
from maiam.platform.requests import current_request_id

log = logging.getLogger(__name__)


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if isinstance(exception, NotFoundError):
        return page(request, HTTPStatus.NOT_FOUND)
    if isinstance(exception, ForbiddenError):
        return page(request, HTTPStatus.FORBIDDEN)
    if isinstance(exception, DomainError):
        return page(request, HTTPStatus.CONFLICT, message=str(exception))
    return None


def page(request: HttpRequest, status: HTTPStatus, message: str = "") -> HttpResponse:
    context = {"status": int(status), "message": message, "number": current_request_id()}
    return render(request, "ui/error.html", context, status=int(status))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, HTTPStatus.FORBIDDEN, message="Trang này đã mở quá lâu. Hãy quay lại và bấm gửi lần nữa.")
