from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "maiam.contexts.imports"
    label = "imports"
