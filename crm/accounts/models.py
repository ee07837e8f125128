"""Users log in by e-mail, have roles, and belong to teams."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.kernel.ids import uuid7

if TYPE_CHECKING:
    from crm.accounts.policy import Access


class RoleCode(models.TextChoices):
    """The five roles; what each may do is in :mod:`crm.accounts.policy`."""

    SALES = "SALES", _("Vertrieb")
    SERVICE = "SERVICE", _("Service")
    TEAM_LEAD = "TEAM_LEAD", _("Teamleitung")
    PRIVACY = "PRIVACY", _("Datenschutz")
    ADMIN = "ADMIN", _("Administration")


class Visibility(models.TextChoices):
    """Which records a role sees: those the user owns, those of the user's teams, or all."""

    OWN = "OWN", _("eigene")
    TEAM = "TEAM", _("die des Teams")
    ALL = "ALL", _("alle")


class Language(models.TextChoices):
    GERMAN = "de", "Deutsch"
    ENGLISH = "en", "English"


class Theme(models.TextChoices):
    SYSTEM = "system", _("wie das System")
    LIGHT = "light", _("hell")
    DARK = "dark", _("dunkel")


class Density(models.TextChoices):
    COMPACT = "compact", _("kompakt")
    COMFORTABLE = "comfortable", _("bequem")


class Role(models.Model):
    """A role and the visibility an administrator gave it."""

    code = models.CharField(max_length=20, choices=RoleCode.choices, unique=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="role_visibility_is_known"
            )
        ]

    def __str__(self) -> str:
        return str(RoleCode(self.code).label)


class Team(models.Model):
    """A group of users that shares records."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_is_unique")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who works with Einklang. Never deleted, only deactivated."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    roles = models.ManyToManyField(Role, related_name="users")
    teams = models.ManyToManyField(Team, related_name="users")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.GERMAN)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    density = models.CharField(max_length=12, choices=Density.choices, default=Density.COMPACT)
    single_key_shortcuts = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_is_unique"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def full_name(self) -> str:
        """First and last name."""
        return str(self)

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.email[:2].upper()

    @cached_property
    def access(self) -> "Access":
        """What this user may do and see; read once per instance."""
        from crm.accounts import policy

        return policy.access_of(self)


class ApiToken(models.Model):
    """A key for programs that act as the user; only its SHA-256 digest is kept."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
