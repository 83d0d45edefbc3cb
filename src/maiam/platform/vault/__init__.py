"""Seals what must stay secret even from whoever holds the database: identities, addresses, stories.

AES-256-GCM; the table, column and row are bound to the sealed value, so one moved elsewhere will not open.
Exact look-ups of sealed values go through a keyed hash with a key of its own.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_ID = b"\x01"
_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """The sealed value was altered, moved, or sealed with a key we do not have."""


def seal(text: str, *, place: str) -> bytes:
    """Seal `text` for `place` ("table.column:row id")."""
    return seal_bytes(text.encode(), place=place)


def unseal(sealed: bytes | memoryview, *, place: str) -> str:
    """Open what `seal` closed for the same place.

    Raises `SealBrokenError`.
    """
    return unseal_bytes(sealed, place=place).decode()


def seal_bytes(content: bytes, *, place: str) -> bytes:
    """Seal what is not text, such as a picture."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return KEY_ID + nonce + _sealer(settings.VAULT_KEY).encrypt(nonce, content, place.encode())


def unseal_bytes(sealed: bytes | memoryview, *, place: str) -> bytes:
    """Open what `seal_bytes` closed for the same place.

    Raises `SealBrokenError`.
    """
    sealed = bytes(sealed)
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        if sealed[:1] != KEY_ID:
            raise SealBrokenError(place)
        return _sealer(settings.VAULT_KEY).decrypt(nonce, body, place.encode())
    except InvalidTag as error:
        raise SealBrokenError(place) from error


def index(text: str, *, field: str) -> str:
    """Hash `text` for exact look-up in `field`; another field gives another hash."""
    hashed = _indexer(settings.INDEX_KEY, field).copy()
    hashed.update(text.encode())
    return hashed.hexdigest()


# Keys are derived once: a list that comes in seals and hashes thousands of numbers.
@lru_cache(maxsize=4)
def _sealer(vault_key: str) -> AESGCM:
    return AESGCM(hmac.new(vault_key.encode(), b"seal", hashlib.sha256).digest())


@lru_cache(maxsize=64)
def _indexer(index_key: str, field: str) -> hmac.HMAC:
    key = hmac.new(index_key.encode(), field.encode(), hashlib.sha256).digest()
    return hmac.new(key, digestmod=hashlib.sha256)
