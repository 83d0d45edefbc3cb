from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "maiam.contexts.reports"
    label = "reports"
