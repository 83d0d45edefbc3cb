from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "maiam.contexts.families"
    label = "families"
