from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "maiam.contexts.cases"
    label = "cases"

    def ready(self) -> None:
        # The door of safe contact learns here whom a record means.
        from maiam.contexts.cases import receivers  # noqa: F401, PLC0415
