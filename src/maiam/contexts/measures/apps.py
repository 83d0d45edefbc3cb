from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "maiam.contexts.measures"
    label = "measures"

    def ready(self) -> None:
        # What this context asks before a case may end is known only once it is read.
        from maiam.contexts.measures import receivers  # noqa: F401, PLC0415
