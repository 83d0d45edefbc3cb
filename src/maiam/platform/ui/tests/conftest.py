import pytest
from django.template import Context, Template
from django.test import RequestFactory


@pytest.fixture
def page():
    """Render a piece of template with the house's tags."""

    def render(source: str, **context: object) -> str:
        request = RequestFactory().get(context.pop("address", "/"))
        return Template("{% load ui %}" + source).render(Context({"request": request, **context}))

    return render
