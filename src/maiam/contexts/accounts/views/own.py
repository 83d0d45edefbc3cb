"""What a person does with their own account: choose a post, set up, keep machines' keys."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.accounts import queries, services
from maiam.contexts.accounts.forms.people import MakeTokenForm, SetUpForm
from maiam.platform.access import Actor, ActorRequest, acting
from maiam.platform.access.doors import public
from maiam.platform.errors import DomainError, NotFoundError

HOUSE = Actor.system("account set-up")


@require_http_methods(["GET", "POST"])
def posts(request: ActorRequest) -> HttpResponse:
    """Choose in which of one's posts to act, and reach one's passwords, factors and sessions."""
    if request.method == "GET":
        held = queries.posts_held(request.actor, timezone.now())
        return render(request, "accounts/posts.html", {"posts": held})
    chosen = services.choose_post(actor=request.actor, post_id=_number(request, "post"), now=timezone.now())
    queries.mark_signed_in(request.session, post_id=chosen.id)
    return redirect("home")


@public
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set one's own password with the code an administrator handed over."""
    form = SetUpForm(request.POST or None)
    if request.method == "POST":
        too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="login_failed", key=_tried(request))
        if too_many:
            return too_many
    if form.is_valid():
        try:
            _set_up(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã đặt mật khẩu. Hãy đăng nhập, rồi thêm lớp bảo vệ thứ hai.")
            return redirect("account_login")
    return render(request, "accounts/set_up.html", {"form": form})


def _set_up(form: SetUpForm) -> None:
    values = form.cleaned_data
    with acting(HOUSE):
        services.set_up_account(
            actor=HOUSE,
            username=values["username"],
            code=values["code"],
            password=values["password1"],
            now=timezone.now(),
        )


@require_http_methods(["GET", "POST"])
def tokens(request: ActorRequest) -> HttpResponse:
    """The keys of machines that act for one's post; a new one is shown on the answer to its own form, once."""
    form, made = MakeTokenForm(request.POST or None), ""
    if form.is_valid():
        made = services.make_token(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        form = MakeTokenForm()
    lines = queries.own_tokens(request.actor, timezone.now())
    return render(request, "accounts/tokens.html", {"form": form, "tokens": lines, "made": made})


@require_POST
def revoke_token(request: ActorRequest, token_id: int) -> HttpResponse:
    services.revoke_token(actor=request.actor, token_id=token_id, now=timezone.now())
    messages.success(request, "Đã thu hồi mã kết nối. Từ giờ mã này không mở được gì nữa.")
    return redirect("accounts:all_tokens" if request.POST.get("from") == "all" else "accounts:tokens")


@login_required
@require_GET
def without_post(request: HttpRequest) -> HttpResponse:
    """Someone who signed in, but holds no post now."""
    return render(request, "accounts/without_post.html")


def _tried(request: HttpRequest) -> str:
    return f"set-up:{request.POST.get('username', '').strip().lower()[:60]}"


def _number(request: HttpRequest, name: str) -> int:
    written = request.POST.get(name, "")
    if not (written.isascii() and written.isdigit() and len(written) < 19):
        raise NotFoundError
    return int(written)
