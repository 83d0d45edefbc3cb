from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "maiam.contexts.cases"
    label = "cases"
