from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "maiam.web"
    label = "web"
