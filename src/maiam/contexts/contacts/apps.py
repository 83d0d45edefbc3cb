from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "maiam.contexts.contacts"
    label = "contacts"
