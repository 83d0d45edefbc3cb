"""Where things lie in the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STATE = Path(os.environ.get("MAIAM_STATE") or ROOT / "var")
SECRETS = Path(os.environ.get("MAIAM_SECRETS_DIR") or STATE / "secrets")
REQUIREMENTS = ROOT / "requirements"
