from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maiam.contexts.accounts"
    label = "accounts"

    def ready(self) -> None:
        # The library's signals reach us only once the receivers are read.
        from maiam.contexts.accounts import receivers  # noqa: F401, PLC0415
