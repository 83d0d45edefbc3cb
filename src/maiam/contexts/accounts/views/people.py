"""The administrator's pages: who may sign in, and who holds which post from when to when."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.accounts import queries, services
from maiam.contexts.accounts.forms.people import AddAccountForm, AddPostForm, AskResetForm, EndPostForm, GivePostForm
from maiam.contexts.places import queries as places
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError

LINES_ON_A_PAGE = 50


@require_GET
def account_list(request: ActorRequest) -> HttpResponse:
    typed = _typed(request)
    lines = Paginator(queries.accounts_and_posts(request.actor, timezone.now(), typed), LINES_ON_A_PAGE)
    return render(request, "accounts/list.html", {"page": lines.get_page(request.GET.get("page")), "typed": typed})


@require_GET
def account(request: ActorRequest, account_id: int) -> HttpResponse:
    page = queries.account_page(request.actor, account_id)
    return render(request, "accounts/account.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def add_account(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.MANAGE_ACCOUNTS)
    form = AddAccountForm(request.POST or None)
    if form.is_valid():
        try:
            added = services.create_account(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("accounts:account", added.id)
    return render(request, "accounts/add.html", {"form": form})


@require_GET
def find_post(request: ActorRequest, account_id: int) -> HttpResponse:
    """Find the post to give to a person."""
    page = queries.account_page(request.actor, account_id)
    typed = _typed(request)
    found = queries.posts_matching(request.actor, typed) if typed.strip() else []
    return render(request, "accounts/find_post.html", {"page": page, "typed": typed, "found": found})


@require_http_methods(["GET", "POST"])
def give_post(request: ActorRequest, account_id: int, post_id: int) -> HttpResponse:
    page = queries.account_page(request.actor, account_id)
    post = queries.free_post(request.actor, post_id)
    form = GivePostForm(request.POST or None, initial={"starts_at": timezone.now()})
    if form.is_valid():
        try:
            services.give_post(
                actor=request.actor, account=page.account, post=post, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("accounts:account", account_id)
    return render(request, "accounts/give_post.html", {"page": page, "post": post, "form": form})


@require_http_methods(["GET", "POST"])
def end_post(request: ActorRequest, holding_id: int) -> HttpResponse:
    holding = queries.holding(request.actor, holding_id)
    form = EndPostForm(request.POST or None, initial={"ends_at": timezone.now()})
    if form.is_valid():
        try:
            services.end_post(actor=request.actor, holding_id=holding_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("accounts:account", holding.account_id)
    return render(request, "accounts/end_post.html", {"holding": holding, "form": form})


@require_POST
def make_set_up_code(request: ActorRequest, account_id: int) -> HttpResponse:
    return _show_code(request, account_id, services.make_set_up_code)


@require_http_methods(["GET", "POST"])
def ask_reset(request: ActorRequest, account_id: int) -> HttpResponse:
    """Ask a second administrator to let a person in again."""
    page = queries.account_page(request.actor, account_id)
    form = AskResetForm(request.POST or None)
    if form.is_valid():
        services.ask_reset(actor=request.actor, account_id=account_id, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Đã ghi đề nghị. Một quản trị viên khác cần xác nhận.")
        return redirect("accounts:account", account_id)
    return render(request, "accounts/ask_reset.html", {"page": page, "form": form})


@require_POST
def confirm_reset(request: ActorRequest, account_id: int) -> HttpResponse:
    return _show_code(request, account_id, services.confirm_reset)


@require_POST
def end_sessions(request: ActorRequest, account_id: int) -> HttpResponse:
    services.end_all_sessions(actor=request.actor, account_id=account_id, now=timezone.now())
    messages.success(request, "Đã đăng xuất người này khỏi mọi máy.")
    return redirect("accounts:account", account_id)


@require_GET
def all_tokens(request: ActorRequest) -> HttpResponse:
    lines = queries.all_tokens(request.actor, timezone.now())
    return render(request, "accounts/all_tokens.html", {"tokens": lines})


@require_GET
def find_place(request: ActorRequest) -> HttpResponse:
    """Find the commune a new post is for, or take the whole province."""
    request.actor.require(Permission.MANAGE_ACCOUNTS)
    typed = _typed(request)
    found = places.search_communes(typed) if typed.strip() else []
    return render(request, "accounts/find_place.html", {"typed": typed, "found": found})


@require_http_methods(["GET", "POST"])
def add_post(request: ActorRequest, commune_id: int | None = None) -> HttpResponse:
    """Add a seat: of a commune, or of the province."""
    request.actor.require(Permission.MANAGE_ACCOUNTS)
    place = queries.place_of_seat(commune_id, province_code=settings.PROVINCE_CODE)
    form = AddPostForm(request.POST or None, place=place)
    if form.is_valid():
        try:
            services.open_seat(
                actor=request.actor,
                province_id=place.province.id,
                commune_id=place.commune_id,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã thêm chức vụ. Giờ có thể giao cho một người.")
            return redirect("accounts:list")
    return render(request, "accounts/add_post.html", {"form": form, "place": place})


def _typed(request: ActorRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "")[:80]


def _show_code(request: ActorRequest, account_id: int, make: Callable[..., str]) -> HttpResponse:
    """The code stands on the answer itself: it is kept nowhere and cannot be shown again."""
    page = queries.account_page(request.actor, account_id)
    code = make(actor=request.actor, account_id=account_id, now=timezone.now())
    return render(request, "accounts/set_up_code.html", {"page": page, "code": code})
