"""Who is on the list of erased people that lies beside the backups, and how its lines are written."""

import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from maiam.contexts.rights.models import ErasureProof
from maiam.platform.access import Actor, Permission


class ForgedLineError(Exception):
    """A line of the list was not written by this house."""


def list_file() -> Path:
    return Path(settings.ERASURES_ROOT) / "erased.jsonl"


def line_of(person_id: str, erased_at: datetime) -> str:
    told = {"person": person_id, "erased_at": erased_at.isoformat()}
    return json.dumps(told | {"mark": _mark(told)}, separators=(",", ":"))


def erased_people(actor: Actor, path: Path) -> list[UUID]:
    """Everyone on the list, each once. Raises `ForgedLineError` before anything is believed."""
    actor.require(Permission.CARRY_ERASURE)
    lines = path.read_text().splitlines() if path.exists() else []
    return list(dict.fromkeys(_read(number, line) for number, line in enumerate(lines, start=1) if line.strip()))


def proofs_not_listed(actor: Actor, path: Path) -> list[ErasureProof]:
    """Erasures the list does not hold: the disk was full, or the file was lost."""
    listed = {str(person_id) for person_id in erased_people(actor, path)}
    proofs = ErasureProof.objects.visible_to(actor).order_by("carried_at", "id")
    return [proof for proof in proofs if not listed.issuperset(proof.person_ids)]


def _read(number: int, line: str) -> UUID:
    try:
        told = json.loads(line)
        mark = told.pop("mark")
        person_id = UUID(told["person"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ForgedLineError(f"line {number}") from error
    if not hmac.compare_digest(str(mark), _mark(told)):
        raise ForgedLineError(f"line {number}")
    return person_id


def _mark(told: dict[str, str]) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY.encode(), f"erased|{text}".encode(), hashlib.sha256).hexdigest()
