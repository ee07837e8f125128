"""Controllers (Verantwortliche): the legal entity or brand in whose name somebody is contacted."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.kernel.ids import uuid7


class NoticeProfile(models.TextChoices):
    """Whose reading of Art. 13 GDPR goes for appointments that are made on the phone."""

    WP260 = "wp260", _("sofort am Telefon (WP 260 der Artikel-29-Gruppe)")
    BRANDENBURG = "brandenburg", _("spätestens beim Termin (LDA Brandenburg)")


class Controller(models.Model):
    """A controller in the sense of Art. 4(7) GDPR.

    A consent given to one is never valid for another. Exactly one is the default, which is asked
    for where nobody names one.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200, verbose_name=_("Firma"))
    street = models.CharField(max_length=200, blank=True, default="", verbose_name=_("Straße"))
    postal_code = models.CharField(max_length=12, blank=True, default="", verbose_name=_("PLZ"))
    city = models.CharField(max_length=150, blank=True, default="", verbose_name=_("Ort"))
    email = models.EmailField(blank=True, default="", verbose_name=_("E-Mail"))
    phone = models.CharField(max_length=60, blank=True, default="", verbose_name=_("Telefon"))
    website = models.URLField(blank=True, default="", verbose_name=_("Website"))
    representative = models.CharField(
        max_length=200, blank=True, default="", verbose_name=_("Vertreten durch")
    )
    privacy_officer = models.CharField(
        max_length=200, blank=True, default="", verbose_name=_("Datenschutzbeauftragte Person")
    )
    privacy_contact = models.CharField(
        max_length=200, blank=True, default="", verbose_name=_("Kontakt für Datenschutz")
    )
    authority = models.CharField(
        max_length=200, blank=True, default="", verbose_name=_("Aufsichtsbehörde")
    )
    notice_profile = models.CharField(
        max_length=20,
        choices=NoticeProfile.choices,
        default=NoticeProfile.WP260,
        verbose_name=_("Hinweise bei telefonischen Terminen"),
    )
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="controller_name_is_unique"),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_controller_is_the_default",
            ),
            models.CheckConstraint(
                condition=Q(notice_profile__in=NoticeProfile.values),
                name="controller_notice_profile_is_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="controller_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
