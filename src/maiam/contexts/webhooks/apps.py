from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "maiam.contexts.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        # Receivers connect themselves when they are read.
        from maiam.contexts.webhooks import receivers  # noqa: F401, PLC0415
