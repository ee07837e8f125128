"""Views of a list that somebody wants to see again."""

from django.conf import settings
from django.db import models

from crm.kernel.ids import uuid7


class SavedView(models.Model):
    """Filters, sorting and columns of a list under a name.

    ``query`` is the list's query string, so that a view is nothing but an address.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True, default="")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"], name="saved_view_name_is_unique_per_user"
            )
        ]

    def __str__(self) -> str:
        return self.name
