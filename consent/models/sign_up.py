"""Forms on the web with which people sign themselves up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Source


class SignUpForm(models.Model):
    """The public form of a consent text, whatever its version: ``code`` is that of the text.

    ``source`` is where the persons whom it brings come from.
    """

    code = models.SlugField(max_length=60, unique=True)
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(_("nimmt Anmeldungen an"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
