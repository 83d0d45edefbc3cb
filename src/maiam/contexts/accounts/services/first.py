"""The first administrator, appointed from the machine itself: on a new site nobody else could let anyone in."""

from datetime import datetime

from django.db import transaction

from maiam.contexts.accounts.models import Organisation
from maiam.contexts.accounts.rules import OrganisationKind
from maiam.contexts.accounts.services.people import create_account
from maiam.contexts.accounts.services.seats import create_post, give_post, register_organisation
from maiam.contexts.accounts.services.set_up import make_set_up_code
from maiam.platform.access import Actor, Permission
from maiam.platform.access.policy import ROLE_LABELS, Role


@transaction.atomic
def appoint_administrator(*, actor: Actor, username: str, full_name: str, now: datetime) -> str:
    """Add a person in a new administrator's post, and return the code with which they set their password.

    Raises `UsernameTakenError`.
    """
    actor.require(Permission.KEEP_HOUSE)
    title = ROLE_LABELS[Role.ADMINISTRATOR]
    account = create_account(actor=actor, username=username, full_name=full_name, now=now)
    office = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, name=title).first() or register_organisation(
        actor=actor, kind=OrganisationKind.DEPARTMENT, name=title, now=now
    )
    post = create_post(actor=actor, organisation=office, role=Role.ADMINISTRATOR, title=title, now=now)
    give_post(actor=actor, account=account, post=post, starts_at=now, now=now)
    return make_set_up_code(actor=actor, account_id=account.id, now=now)
