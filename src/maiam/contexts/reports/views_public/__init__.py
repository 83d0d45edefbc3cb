"""Pages for anyone, on any phone. They keep no cookie and no session, and act as the public whoever looks at them."""

from maiam.contexts.reports.views_public.flow import report
from maiam.contexts.reports.views_public.follow import follow
from maiam.contexts.reports.views_public.home import home, numbers

__all__ = ["follow", "home", "numbers", "report"]
