from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "maiam.contexts.risk"
    label = "risk"
