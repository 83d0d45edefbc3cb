from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maiam.contexts.accounts"
    label = "accounts"

    def ready(self) -> None:
        # The library's signals reach us only once the receivers are read.
        from maiam.contexts.accounts import queries, receivers  # noqa: F401, PLC0415
        from maiam.platform.audit import names  # noqa: PLC0415

        names.name_officials_by(queries.full_names)
