from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "maiam.contexts.rights"
    label = "rights"
