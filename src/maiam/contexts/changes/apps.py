from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "maiam.contexts.changes"
    label = "changes"
