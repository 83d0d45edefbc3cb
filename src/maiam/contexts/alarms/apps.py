from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "maiam.contexts.alarms"
    label = "alarms"
