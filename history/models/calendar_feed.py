"""The address under which a calendar program reads a user's activities."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """One per user; only the SHA-256 digest of the secret in its address is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.user)
