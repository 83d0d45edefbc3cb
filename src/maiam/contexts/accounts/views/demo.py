"""The demonstration's one-click door; there is no such page anywhere else."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maiam.contexts.accounts import queries
from maiam.platform.access.doors import public
from maiam.platform.errors import NotFoundError

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as anyone of the demonstration with one press; nobody there has a password, so that is the proof."""
    if not settings.DEMO:
        raise NotFoundError
    back = get_next_redirect_url(request)
    if request.method == "GET":
        lines = [line for line in queries.demo_lines() if not back or line.account == request.user]
        return render(request, "accounts/demo.html", {"lines": lines, "back": back})
    seat = queries.demo_seat(request.POST.get("account", ""))
    login(request, seat.account, backend=BACKEND)
    queries.mark_signed_in(request.session, post_id=seat.post_id)
    record_authentication(request, seat.account, method="demonstration", reauthenticated=True)
    # The receiver puts the sign-in into the trail, as it does for a real one.
    user_logged_in.send(sender=type(seat.account), request=request, user=seat.account)
    return redirect(back or "home")
