"""Fields only reports need: a time of day, and several pictures at once."""

import secrets
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from maiam.core import text


def new_entry_key() -> str:
    """The key of one page shown: a second press of its button is the same sending."""
    return secrets.token_hex(16)


class ClockField(forms.Field):
    """A time of day as people write it: `14:05`, `14h`, `2 giờ chiều`."""

    widget = forms.TextInput
    width = 8

    def to_python(self, value: Any) -> time | None:
        if value is None or not text.clean(str(value)):
            return None
        try:
            return text.read_time(str(value))
        except text.NotReadError as refusal:
            raise ValidationError(refusal.message, code="not_read") from refusal


class PicturesInput(forms.ClearableFileInput):
    """One box for several pictures; a phone offers its camera and its gallery."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "multiple": True})


class PicturesField(forms.FileField):
    """Several files, given as their bytes. Whether each is a picture is found out where it is drawn anew."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> tuple[bytes, ...]:  # noqa: ARG002 - Django's signature
        files: Sequence[Any] = data if isinstance(data, Sequence) else [data] if data else []
        return tuple(_whole(file) for file in files)


def _whole(file: Any) -> bytes:
    """Read a file from its first byte, though it may have been read before."""
    file.seek(0)
    content: bytes = file.read()
    return content
