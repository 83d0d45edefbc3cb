from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "maiam.contexts.imports"
    label = "imports"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.imports import receivers  # noqa: F401, PLC0415
