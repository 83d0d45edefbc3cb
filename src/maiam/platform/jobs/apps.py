from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "maiam.platform.jobs"
    label = "jobs"
