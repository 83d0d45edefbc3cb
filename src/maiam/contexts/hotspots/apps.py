from django.apps import AppConfig


class HotspotsConfig(AppConfig):
    name = "maiam.contexts.hotspots"
    label = "hotspots"
