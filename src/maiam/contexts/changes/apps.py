from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "maiam.contexts.changes"
    label = "changes"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.changes import receivers  # noqa: F401, PLC0415
