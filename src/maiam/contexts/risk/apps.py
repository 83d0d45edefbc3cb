from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "maiam.contexts.risk"
    label = "risk"

    def ready(self) -> None:
        # What this context asks before a case may end is known only once it is read.
        from maiam.contexts.risk import receivers  # noqa: F401, PLC0415
