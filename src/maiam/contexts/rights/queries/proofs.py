"""The mark of an erasure's proof, and whether it still fits."""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings

from maiam.contexts.rights.models import ErasureProof


def mark_of(proof: ErasureProof) -> str:
    """Sign a proof, so that one written or altered by hand is told from one of ours."""
    told: dict[str, Any] = {
        "request": str(proof.request_id),
        "people": proof.person_ids,
        "emptied": proof.emptied,
        "carried_at": int(proof.carried_at.timestamp()),
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_genuine(proof: ErasureProof) -> bool:
    return hmac.compare_digest(proof.mark, mark_of(proof))
