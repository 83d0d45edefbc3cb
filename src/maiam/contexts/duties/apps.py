from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "maiam.contexts.duties"
    label = "duties"
