from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "maiam.contexts.retention"
    label = "retention"
