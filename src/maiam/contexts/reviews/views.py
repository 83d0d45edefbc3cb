"""Reviews: the list, one asked for, opened by a second person, learned from, printed, closed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.rules.papers import FileFormat
from maiam.contexts.cases.views.papers import paper_file
from maiam.contexts.reviews import queries, services
from maiam.contexts.reviews.forms import AskForm, MemberForm, RecommendForm, WordsForm
from maiam.contexts.reviews.queries import ReviewPage
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def listing(request: ActorRequest) -> HttpResponse:
    return render(request, "reviews/list.html", {"lines": queries.reviews(request.actor)})


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.ASK_REVIEW)
    case = cases.case_summary(request.actor, case_id)
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            row = services.ask_review(actor=request.actor, case_id=case_id, asked=form.asked(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("reviews:detail", row.id)
    return render(request, "reviews/ask.html", {"case": case, "form": form})


@require_GET
def detail(request: ActorRequest, review_id: UUID) -> HttpResponse:
    return _detail(request, review_id)


@require_POST
def answer(request: ActorRequest, review_id: UUID) -> HttpResponse:
    """Open it, or not, as the second person."""
    request.actor.require(Permission.AGREE_REVIEW)
    services.answer_review(
        actor=request.actor, review_id=review_id, agrees=request.POST.get("agrees") == "yes", now=timezone.now()
    )
    return redirect("reviews:detail", review_id)


@require_http_methods(["GET", "POST"])
def add_lesson(request: ActorRequest, review_id: UUID) -> HttpResponse:
    form = _lesson_form(request.POST or None)
    return _act(request, review_id, "lesson", form, services.record_lesson)


@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, review_id: UUID) -> HttpResponse:
    return _act(request, review_id, "closing", _closing_form(request.POST or None), services.close_review)


@require_http_methods(["GET", "POST"])
def recommend(request: ActorRequest, review_id: UUID) -> HttpResponse:
    page = queries.review(request.actor, review_id, timezone.now())
    form = RecommendForm(request.POST or None, owners=_owners(request, page), label="Kiến nghị gì?")
    return _act(request, review_id, "recommending", form, services.recommend)


@require_http_methods(["GET", "POST"])
def add_member(request: ActorRequest, review_id: UUID) -> HttpResponse:
    now = timezone.now()
    page = queries.review(request.actor, review_id, now)
    form = MemberForm(request.POST or None, people=queries.people_to_add(request.actor, page.row, now))
    return _act(request, review_id, "inviting", form, services.add_member)


@require_POST
def end_member(request: ActorRequest, review_id: UUID, member_id: UUID) -> HttpResponse:
    services.end_member(actor=request.actor, member_id=member_id, now=timezone.now())
    return redirect("reviews:detail", review_id)


@require_http_methods(["GET", "POST"])
def recommendation(request: ActorRequest, recommendation_id: UUID) -> HttpResponse:
    """What a post is to do; a POST says what was done."""
    now = timezone.now()
    page = queries.recommendation(request.actor, recommendation_id, now)
    form = WordsForm(request.POST or None, label="Đã làm gì?")
    if form.is_valid():
        try:
            services.finish_recommendation(
                actor=request.actor, recommendation_id=recommendation_id, words=form.cleaned_data["words"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("reviews:recommendation", recommendation_id)
    return render(request, "reviews/recommendation.html", {"page": page, "form": form, "now": now})


@require_GET
def paper(request: ActorRequest, review_id: UUID, file_format: FileFormat) -> HttpResponse:
    """The report of a review, for its members."""
    return paper_file(queries.printed_review(request.actor, review_id, timezone.now()), file_format)


def _act(request: ActorRequest, review_id: UUID, name: str, form: Any, service: Callable[..., object]) -> HttpResponse:
    """One of the forms of the page: done, or the whole page again with what was typed and why not."""
    if not form.is_bound:
        return _detail(request, review_id)
    if form.is_valid():
        try:
            service(actor=request.actor, review_id=review_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("reviews:detail", review_id)
    return _detail(request, review_id, **{name: form})


def _detail(request: ActorRequest, review_id: UUID, **typed: Any) -> HttpResponse:
    now = timezone.now()
    page = queries.review(request.actor, review_id, now)
    forms: dict[str, Any] = dict.fromkeys(("lesson", "recommending", "inviting", "closing"))
    if page.is_member and page.row.state == "open":
        forms = {
            "lesson": _lesson_form(None),
            "recommending": RecommendForm(None, owners=_owners(request, page), label="Kiến nghị gì?"),
            "inviting": MemberForm(None, people=queries.people_to_add(request.actor, page.row, now)),
            "closing": _closing_form(None),
        }
    return render(request, "reviews/detail.html", {"page": page, "now": now} | forms | typed)


def _owners(request: ActorRequest, page: ReviewPage) -> list[tuple[int, str]]:
    return [(post.id, post.title) for post in queries.owners_near(request.actor, page.row)]


def _lesson_form(typed: Any) -> WordsForm:
    hint = "Viết về cách làm, không về lỗi của ai. Không ghi tên."
    return WordsForm(typed, label="Rút ra điều gì?", hint=hint)


def _closing_form(typed: Any) -> WordsForm:
    return WordsForm(typed, label="Kết luận", hint="Kiến nghị vẫn chạy tiếp sau khi kết thúc.")
