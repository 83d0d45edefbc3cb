from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "maiam.contexts.support"
    label = "support"

    def ready(self) -> None:
        # What this context asks before a case may end is known only once it is read.
        from maiam.contexts.support import receivers  # noqa: F401, PLC0415
