from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "maiam.contexts.exports"
    label = "exports"
