from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "maiam.contexts.statistics"
    label = "statistics"
