"""Requests of persons about their data, what was erased, and what had to be locked away."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models.event import LedgerEvent, append_only
from contacts.models import Person
from crm.kernel.ids import uuid7


class RequestArticle(models.TextChoices):
    """The right, by its article in the GDPR."""

    WITHDRAWAL = "7.3", _("Widerruf (Art. 7 Abs. 3)")
    ACCESS = "15", _("Auskunft (Art. 15)")
    RECTIFICATION = "16", _("Berichtigung (Art. 16)")
    ERASURE = "17", _("Löschung (Art. 17)")
    RESTRICTION = "18", _("Einschränkung (Art. 18)")
    PORTABILITY = "20", _("Datenübertragung (Art. 20)")
    OBJECTION = "21", _("Widerspruch (Art. 21)")


class RequestChannel(models.TextChoices):
    """Which way it came; the answer goes the same way."""

    EMAIL = "EMAIL", _("E-Mail")
    PHONE = "PHONE", _("Telefon")
    LETTER = "LETTER", _("Brief")
    FORM = "FORM", _("Webformular")
    COUNTER = "COUNTER", _("persönlich")
    MESSENGER = "MESSENGER", _("Messenger")


class RequestState(models.TextChoices):
    OPEN = "OPEN", _("offen")
    DONE = "DONE", _("erledigt")
    REFUSED = "REFUSED", _("abgelehnt")


class SubjectRequest(models.Model):
    """One request. ``requester`` is who wrote, as they named themselves; ``wording`` what they
    wrote. The identity is proved once ``identified_on`` is set; ``identity_asked_on`` stops the
    clock. ``objects_to`` is a scope of an objection. ``outcome`` is what was done, in figures and
    codes; the person is null once they were erased, and then ``requester`` and ``wording`` lie in
    the vault.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    article = models.CharField(max_length=4, choices=RequestArticle.choices)
    channel = models.CharField(max_length=10, choices=RequestChannel.choices)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    requester = models.CharField(max_length=300, blank=True, default="")
    wording = models.TextField(blank=True, default="")
    is_marketing = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    identity_asked_on = models.DateField(null=True, blank=True)
    identified_on = models.DateField(null=True, blank=True)
    identified_how = models.CharField(max_length=200, blank=True, default="")
    extended_on = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    outcome = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__in=RequestArticle.values), name="request_article_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, closed_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(closed_at__isnull=False)),
                name="request_is_closed_when_it_is_not_open",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True) | ~Q(extension_reason=""),
                name="request_is_extended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(identified_on__isnull=True) | ~Q(identified_how=""),
                name="request_identity_is_proved_by_something",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("created_at")),
                name="request_is_not_received_in_the_future",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(state="OPEN"), name="request_open_by_receipt"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still has to be answered."""
        return self.state == RequestState.OPEN


class ErasureRun(models.Model):
    """That everything of somebody was erased: random references and figures, nothing else.

    ``persons`` and ``points`` are public ids, by which the erasure is done again after an older
    backup was restored. ``figures`` map a kind of data to what became of how many rows.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    request = models.ForeignKey(
        SubjectRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    reason = models.CharField(max_length=20)
    persons = ArrayField(models.UUIDField())
    points = ArrayField(models.UUIDField(), default=list)
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        triggers = append_only("erasure_run")

    def __str__(self) -> str:
        return str(self.public_id)


class VaultItem(models.Model):
    """One row that must not be erased yet, as it was; out of reach of everything but an audit.

    ``model`` and ``row`` are where it came from, ``content`` all its columns, ``file`` its file.
    ``rule`` and ``basis`` say why it is kept ``until`` that day, after which it is erased.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    run = models.ForeignKey(ErasureRun, on_delete=models.PROTECT, related_name="items")
    rule = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    model = models.CharField(max_length=60)
    row = models.CharField(max_length=60)
    content = models.JSONField()
    file = models.FileField(upload_to="vault/", blank=True)
    until = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["model", "row"], name="row_is_locked_away_once")
        ]
        indexes = [models.Index(fields=["until"], name="vault_by_end")]
        triggers = append_only("vault", delete=False)

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


class Restriction(models.Model):
    """That processing of somebody's data is restricted now: the event of the ledger says why.

    Made and removed with the events, so that queries can leave the person out.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="restrictions")
    event = models.OneToOneField(
        LedgerEvent, to_field="public_id", on_delete=models.PROTECT, related_name="restriction"
    )

    def __str__(self) -> str:
        return str(self.event_id)
