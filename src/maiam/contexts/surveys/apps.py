from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "maiam.contexts.surveys"
    label = "surveys"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.surveys import receivers  # noqa: F401, PLC0415
