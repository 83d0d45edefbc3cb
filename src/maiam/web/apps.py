from django.apps import AppConfig

from maiam.web import logs


class WebConfig(AppConfig):
    name = "maiam.web"
    label = "web"

    def ready(self) -> None:
        logs.configure()
