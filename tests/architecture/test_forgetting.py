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
