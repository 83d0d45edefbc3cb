from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "maiam.contexts.reports"
    label = "reports"

    def ready(self) -> None:
        # The door of safe contact learns here whom a record means.
        from maiam.contexts.reports import receivers  # noqa: F401, PLC0415
