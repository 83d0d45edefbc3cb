from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "maiam.platform.audit"
    label = "audit"
