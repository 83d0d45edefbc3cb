"""What the tests of reports tell and send: a draft as a frightened person gives it, and pictures good and bad."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from maiam.contexts.reports import services
from maiam.contexts.reports.rules.draft import Happening, Kind, ReportDraft
from maiam.platform.access import Actor, acting


@pytest.fixture
def draft(commune) -> Callable[..., ReportDraft]:
    """A draft of the commune, with what the test changes."""

    def make(**told: Any) -> ReportDraft:
        usual: dict[str, Any] = {
            "channel": "text_message",
            "receiving_address": "commune_pc",
            "entry_key": "one press",
            "story": "Anh ấy đánh tôi từ tối qua.",
            "kinds": (Kind.BEATEN,),
            "happening": Happening.NOT_NOW,
            "commune_id": commune.id,
        }
        return ReportDraft(**usual | told)

    return make


@pytest.fixture
def file_as(draft, now) -> Callable[..., services.Filed]:
    """File a report as this actor."""

    def file(actor: Actor, **told: Any) -> services.Filed:
        with acting(actor):
            return services.file_report(actor=actor, draft=draft(**told), now=now)

    return file


@pytest.fixture
def told(file_as, lan, chairwoman) -> services.Filed:
    """A report from the public, to the commune where Lan and the chairwoman sit."""
    return file_as(Actor.public())


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **saved: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **saved)
    return written.getvalue()
