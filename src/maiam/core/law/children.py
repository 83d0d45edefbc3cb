"""When the person hurt is a child: protect within hours, plan within days (Law on Children; Decree 56/2017)."""

from typing import Final

from maiam.core.law.limits import time_limit

EMERGENCY: Final = time_limit("CHILD_EMERGENCY")
PLAN: Final = time_limit("CHILD_PLAN")
APPROVE: Final = time_limit("CHILD_PLAN_APPROVE")
SEPARATION: Final = time_limit("CHILD_SEPARATION_MAX")
