from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "maiam.platform.ui"
    label = "ui"
