from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "maiam.contexts.linkage"
    label = "linkage"
