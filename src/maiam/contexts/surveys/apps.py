from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "maiam.contexts.surveys"
    label = "surveys"
