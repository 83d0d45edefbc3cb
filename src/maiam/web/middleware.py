"""The path of a request: it gets a number, neutral headers, an actor, and one transaction that names that actor."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Probe
from maiam.platform.access import Actor, acting
from maiam.platform.access.doors import does_without_database, is_public
from maiam.platform.requests import begin_request, go_without_database, is_without_database
from maiam.web import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Sign-in and its second factor come before anyone acts.
SIGN_IN = "/tai-khoan/"
# The API asks for its own token, inside the transaction, and states the actor then.
API = "/api/"
_IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AWAY = (OperationalError, InterfaceError)


class RequestIdMiddleware:
    """Number each request, and tell the number in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = begin_request()
        response = self.get_response(request)
        response["X-Request-Id"] = number
        return response


class HeadersMiddleware:
    """Nothing is cached, nothing is indexed, nothing may embed us; where the public was, nobody is told."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store, private"
        if request.resolver_match and request.resolver_match.namespace == "public":
            response["Referrer-Policy"] = "no-referrer"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), interest-cohort=()"
        return response


class ActorMiddleware:
    """Find out who acts, and answer inside one transaction that states it to the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(SIGN_IN):
            return self.get_response(request)
        if request.path.startswith(API):
            with transaction.atomic():
                return self.get_response(request)
        if _stays_open(request):
            return self._answer_in_any_case(request)
        actor = accounts.actor_of(request, timezone.now())
        if actor is None:
            if not _does(is_public, request.path_info):
                return redirect_to_login(request.get_full_path(), reverse(accounts.way_in(request)))
            actor = accounts.the_public()
        return self._answer(request, actor)

    def _answer_in_any_case(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the public; where the database is away, or leaves before the commit is heard, once more without it."""
        try:
            response = self._answer(request, accounts.the_public())
        except AWAY:
            return self._answer_without_database(request)
        return self._answer_without_database(request) if _is_database_gone(request) else response

    def _answer_without_database(self, request: HttpRequest) -> HttpResponseBase:
        go_without_database()
        return self.get_response(request)

    def _answer(self, request: HttpRequest, actor: Actor) -> HttpResponseBase:
        request.actor = actor  # type: ignore[attr-defined]
        with acting(actor):
            response = self.get_response(request)
            if response.status_code == HTTPStatus.NOT_FOUND:
                _note_probe(request, actor)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AWAY) and _stays_open(request) and not is_without_database():
            request.is_database_gone = True  # type: ignore[attr-defined]
            return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return errors.answer(request, exception)


def _note_probe(request: HttpRequest, actor: Actor) -> None:
    """Whoever opens the address of something closed to them sees that there is nothing; the inspector hears of it."""
    asked = [UUID(found) for found in _IDS.findall(request.path_info)]
    conflicts.note_probe(actor=actor, record_ids=asked, probe=Probe.ADDRESS, now=timezone.now())


def _stays_open(request: HttpRequest) -> bool:
    """Say whether the page is one the public finds open even without a database."""
    try:
        return does_without_database(resolve(request.path_info).func)
    except Resolver404:
        return False


def _is_database_gone(request: HttpRequest) -> bool:
    return getattr(request, "is_database_gone", False)


def _does(what: Callable[[Callable[..., Any]], bool], path: str) -> bool:
    """Ask a page's view; a page that does not exist looks the same to everyone: not found."""
    try:
        return what(resolve(path).func)
    except Resolver404:
        return True
