from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "maiam.contexts.rights"
    label = "rights"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.rights import receivers  # noqa: F401, PLC0415
