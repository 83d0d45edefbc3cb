"""Which code a run was made with: the same words give the same version, on any machine."""

import hashlib
from functools import cache
from pathlib import Path

import maiam.core.science

_SCIENCE = Path(maiam.core.science.__file__).parent
_PARTS = ("scan", "history", "local", "aberration", "near_repeat")


@cache
def code_version() -> str:
    """Sixteen letters over the sources of every detector."""
    ours = Path(__file__).parent
    files = [path for part in _PARTS for path in sorted((_SCIENCE / part).glob("*.py"))]
    files += [ours / "detect.py", ours / "snapshot.py", ours / "alerts.py"]
    told = hashlib.sha256()
    for path in files:
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]
