from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "maiam.contexts.families"
    label = "families"

    def ready(self) -> None:
        # The signals of places reach us only once the receivers are read.
        from maiam.contexts.families import receivers  # noqa: F401, PLC0415
