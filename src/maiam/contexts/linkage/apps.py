from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "maiam.contexts.linkage"
    label = "linkage"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.linkage import jobs, receivers  # noqa: F401, PLC0415
