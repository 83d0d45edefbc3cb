from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maiam.contexts.accounts"
    label = "accounts"
