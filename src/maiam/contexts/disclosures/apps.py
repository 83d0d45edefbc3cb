from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "maiam.contexts.disclosures"
    label = "disclosures"
