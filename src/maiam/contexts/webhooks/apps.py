from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "maiam.contexts.webhooks"
    label = "webhooks"
