from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "maiam.contexts.places"
    label = "places"
