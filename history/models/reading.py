"""What readers leave in a line: what they pinned, and when they looked last."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from history.models.one_of import exactly_one
from history.models.touchpoint import Touchpoint

LINES = ("person", "company", "opportunity")


class OfALine(models.Model):
    """A row about the line of one person, company or opportunity."""

    person = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    company = models.ForeignKey(
        "contacts.Company", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    opportunity = models.ForeignKey(
        "history.Opportunity", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Pin(OfALine):
    """A contact that stands above a line, for everybody who reads it."""

    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="pins")
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    pinned_at = models.DateTimeField()

    class Meta:
        ordering = ["-pinned_at"]
        constraints = [
            exactly_one(*LINES, name="pin_is_in_one_line"),
            *(
                models.UniqueConstraint(
                    fields=[line, "touchpoint"],
                    condition=Q(**{f"{line}__isnull": False}),
                    name=f"pinned_once_for_a_{line}",
                )
                for line in LINES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint_id}"


class Visit(OfALine):
    """When a user last looked at a line: what was recorded since is new to them.

    ``seen_at`` is the visit before the present one, ``at`` the present one; looking again within
    the same sitting changes neither, so that what is new stays marked while somebody works on it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            exactly_one(*LINES, name="visit_is_of_one_line"),
            *(
                models.UniqueConstraint(
                    fields=["user", line],
                    condition=Q(**{f"{line}__isnull": False}),
                    name=f"visit_once_for_a_{line}",
                )
                for line in LINES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%d.%m.%Y %H:%M}"
