"""What is typed: a page of answers, a round, a workbook."""

from django.http import HttpRequest, QueryDict


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What was posted, also where every box was left empty; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None
