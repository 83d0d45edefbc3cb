"""What only reports need: the key of a press, and several pictures at once."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms


def new_entry_key() -> str:
    """The key of one page shown: a second press of its button is the same sending."""
    return secrets.token_hex(16)


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
