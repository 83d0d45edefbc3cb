"""Accounts, organisations, posts, and who holds which post from when to when."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts import rules
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import Access, Grant, OfAccount, Protection, ScopedModel
from maiam.platform.access.policy import Role
from maiam.platform.ranges import TimeRange

_OWN = Grant(None, OfAccount("account"))


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by user name; `create_user` is what sign-in libraries expect."""

    def create_user(self, username: str, password: str | None = None, **values: Any) -> "Account":
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person who signs in. Carries no power: powers come from the post held now."""

    protection: ClassVar = Protection.P1
    # Named by the sign-in library; nobody gets mail from us.
    EMAIL_FIELD = ""
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = AccountManager()

    def __str__(self) -> str:
        return self.full_name


class Organisation(models.Model):
    """A body with posts: a commune's committee, its police, a station, a team, a department."""

    protection: ClassVar = Protection.P1

    kind = models.CharField(max_length=20, choices=rules.OrganisationKind.choices())
    name = models.CharField(max_length=160)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in an organisation. It reaches its village, else its commune, else every commune of its province."""

    protection: ClassVar = Protection.P1

    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    title = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "role"], name="post_of_commune")]
        constraints = [
            models.CheckConstraint(
                name="post_village_within_commune", condition=Q(village__isnull=True) | Q(commune__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    """One person in one post, for a time; a stand-in holds it beside the one who is away."""

    protection: ClassVar = Protection.P1

    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    is_stand_in = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="holding_ends_after_it_began", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="post_held_by_one_person_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_stand_in=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} as {self.post}"


class ApiToken(models.Model):
    """A machine's key to one post: kept as a hash, shown once, ends by itself."""

    protection: ClassVar = Protection.P1

    name = models.CharField(max_length=80)
    post = models.ForeignKey(Post, models.PROTECT, related_name="tokens")
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SetUpCode(models.Model):
    """The way in for a person without a password of their own: told once, kept as a keyed hash, used once.

    For a new account one administrator makes it. To let someone back in who had set up their account
    (`is_reset`), one asks and another makes it: nobody opens another person's account alone.
    """

    protection: ClassVar = Protection.P1

    account = models.ForeignKey(Account, models.PROTECT, related_name="set_up_codes")
    is_reset = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    digest = models.CharField(max_length=64, unique=True, null=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="set_up_code_reset_takes_two",
                condition=Q(is_reset=False) | Q(made_by__isnull=True) | ~Q(made_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                name="set_up_code_open_once", fields=["account"], condition=Q(used_at=None, withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"set-up code of {self.account}"


class SavedFilter(ScopedModel):
    """What a person looks for again and again in one list, under a name of their own. Nobody else sees it."""

    protection = Protection.P1
    access = Access(read=(_OWN,), add=(_OWN,), change=(_OWN,))

    account = models.ForeignKey(Account, models.PROTECT, related_name="saved_filters")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_name_once", fields=["account", "page", "name"], condition=Q(removed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.account_id}"
