"""Whoever writes a person down lets go of them when their data are erased, or keeps them by law."""

from django.apps import apps
from django.db import models

from maiam.contexts.families.events import person_erased
from maiam.contexts.families.models import Person

# The files of violence: an erasure is refused while they name the person (rights/queries/holds.py).
# A measure names nobody but parties of its case.
KEPT_BY_LAW = {"cases", "measures"}
# The register empties its own tables; rights empties the words of its requests.
BY_THEMSELVES = {"families", "rights"}


def test_every_context_that_names_people_hears_of_an_erasure():
    naming = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    hearing = {receiver().__module__.split(".")[2] for _, receiver, *_ in person_erased.receivers}

    assert naming - KEPT_BY_LAW - BY_THEMSELVES <= hearing


# What is sealed there names nobody of the register, or goes on its own clock or by whoever holds it.
SEALED_ELSEWHERE = {
    "accounts": "an official's own second factor",
    "alarms": "why an alarm was set aside; kept with the report",
    "access": "why a matter is closed or was opened; kept with the matter",
    "reports": "what was reported; kept by law",
    "contacts": "how somebody in a report or a case may be reached; kept with it",
    "reviews": "how a death was answered; kept with its case",
    "disclosures": "what was told a court of a case; kept with it",
    "risk": "answers about a case; kept by law",
    "support": "help given in a case; kept by law",
    "exports": "a list that lives a day (retention.yaml, EXPORTED_FILE)",
    "webhooks": "the secret of a subscription",
}


def test_every_context_that_keeps_sealed_things_hears_of_an_erasure_or_says_why_not():
    sealing = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField) and "sealed" in field.name
    }
    hearing = {receiver().__module__.split(".")[2] for _, receiver, *_ in person_erased.receivers}

    assert sealing - KEPT_BY_LAW - BY_THEMSELVES - hearing <= SEALED_ELSEWHERE.keys()
