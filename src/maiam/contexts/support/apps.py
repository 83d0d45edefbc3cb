from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "maiam.contexts.support"
    label = "support"
