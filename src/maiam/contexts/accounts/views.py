"""Who may sign in, in which post one acts, and the demonstration's one-click door."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.accounts import queries, services
from maiam.platform.access import Actor, ActorRequest, acting
from maiam.platform.access.doors import public
from maiam.platform.errors import NotFoundError

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as anyone of the demonstration with one press; there is no such page anywhere else."""
    if not settings.DEMO:
        raise NotFoundError
    if request.method == "GET":
        return render(request, "accounts/demo.html", {"lines": queries.demo_accounts()})
    seat = queries.demo_seat(request.POST.get("account", ""))
    login(request, seat.account, backend=BACKEND)
    queries.mark_signed_in(request.session, post_id=seat.post_id)
    house = Actor.system("sign-in")
    with acting(house):
        services.open_session(actor=house, account=seat.account, now=timezone.now())
    return redirect("home")


@require_GET
def account_list(request: ActorRequest) -> HttpResponse:
    lines = queries.accounts_and_posts(request.actor, timezone.now())
    return render(request, "accounts/list.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def posts(request: ActorRequest) -> HttpResponse:
    """Choose in which of one's posts to act."""
    held = queries.posts_held(request.actor, timezone.now())
    chosen = next((post for post in held if str(post.id) == request.POST.get("post", "")), None)
    if chosen:
        queries.mark_signed_in(request.session, post_id=chosen.id)
        return redirect("home")
    return render(request, "accounts/posts.html", {"posts": held, "actor": request.actor})
