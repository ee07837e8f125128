"""The ledger: events in one chain, what may be erased of them beside it, and its checkpoints."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.kernel.ids import uuid7


class EventKind(models.TextChoices):
    """What happened. A consent is the events about one first event of the upper eight kinds."""

    REQUESTED = "requested", _("angefragt")
    PENDING = "pending", _("Bestätigung ausstehend")
    GRANTED = "granted", _("erteilt")
    IMPORTED = "imported", _("importiert")
    DISPUTED = "disputed", _("nicht belegt")
    REFUSED = "refused", _("abgelehnt")
    RENEWED = "renewed", _("erneuert")
    CONFIRMED = "confirmed", _("bestätigt")
    WITHDRAWN = "withdrawn", _("widerrufen")
    EXPIRED = "expired", _("abgelaufen")
    INVALIDATED = "invalidated", _("für ungültig erklärt")
    CORRECTED = "corrected", _("berichtigt")
    USED = "used", _("genutzt")
    OBJECTED = "objected", _("Werbewiderspruch")
    OBJECTION_LIFTED = "objection_lifted", _("Werbewiderspruch aufgehoben")
    SUPPRESSED = "suppressed", _("gesperrt")
    SUPPRESSION_LIFTED = "suppression_lifted", _("Sperre aufgehoben")
    RESTRICTED = "restricted", _("Verarbeitung eingeschränkt")
    RESTRICTION_LIFTED = "restriction_lifted", _("Einschränkung aufgehoben")
    SALE = "sale", _("Kauf")
    PRESUMED = "presumed", _("mutmaßliches Interesse")
    SERVICE = "service", _("Vertrag oder Anfrage")
    INFORMED = "informed", _("nach Art. 14 informiert")
    CLEARED = "cleared", _("freigegeben")
    CLASSIFIED = "classified", _("als Verbraucher oder Unternehmer eingestuft")
    DECEASED = "deceased", _("verstorben")
    MERGED = "merged", _("zusammengeführt")
    UNMERGED = "unmerged", _("getrennt")
    IDENTIFIED = "identified", _("Identität geprüft")
    TEXT_PUBLISHED = "text_published", _("Text veröffentlicht")
    TEXT_RETIRED = "text_retired", _("Text zurückgezogen")
    NOTICE_PUBLISHED = "notice_published", _("Datenschutzhinweise veröffentlicht")
    NOTICE_GIVEN = "notice_given", _("Datenschutzhinweise")
    ERASED = "erased", _("Inhalte gelöscht")


ROOTS = frozenset(
    {
        EventKind.REQUESTED,
        EventKind.PENDING,
        EventKind.GRANTED,
        EventKind.IMPORTED,
        EventKind.DISPUTED,
        EventKind.REFUSED,
        EventKind.RENEWED,
    }
)

ABOUT_THE_POINT = (EventKind.OBJECTED, EventKind.OBJECTION_LIFTED)
"""Kinds that may bear on everybody who holds the contact point."""


def append_only(name: str, *, update: bool = True, delete: bool = True) -> list[pgtrigger.Trigger]:
    """Triggers that refuse changes of a table's rows, whoever asks."""
    operation = {
        (True, True): pgtrigger.Update | pgtrigger.Delete,
        (True, False): pgtrigger.Update,
        (False, True): pgtrigger.Delete,
    }[update, delete]
    return [
        pgtrigger.Protect(name=f"{name}_is_append_only", operation=operation),
        pgtrigger.Trigger(
            name=f"{name}_is_never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
        ),
    ]


class LedgerEvent(models.Model):
    """One link of the chain. Its columns but the last two are what is hashed.

    ``seq`` counts from 1 without gaps. ``person`` and ``point`` are random references
    (:class:`Subject`, :class:`PointReference`), ``about`` the event that this one answers: the
    first one of a consent, the objection that is lifted. ``effective_at`` is when it was declared
    or received, ``recorded_at`` when it became known here: never before that of the event before.
    ``details`` hold codes, times and numbers, never anything personal; ``text`` is the SHA-256 of
    a :class:`ConsentText`, ``evidence`` those of :class:`Evidence`; ``commitment`` binds the
    erasable :class:`EventPayload`.
    """

    seq = models.BigIntegerField(primary_key=True)
    public_id = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    person = models.UUIDField(null=True)
    point = models.UUIDField(null=True)
    controller = models.UUIDField(null=True)
    channels = ArrayField(models.CharField(max_length=20), default=list)
    purposes = ArrayField(models.CharField(max_length=40), default=list)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    about = models.UUIDField(null=True)
    text = models.CharField(max_length=64, null=True)  # noqa: DJ001 - hashed as null
    evidence = ArrayField(models.CharField(max_length=64), default=list)
    details = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, null=True)  # noqa: DJ001 - hashed as null
    leaf_hash = models.BinaryField()
    chain_hash = models.BinaryField()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.CheckConstraint(condition=Q(seq__gte=1), name="ledger_counts_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="ledger_event_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(effective_at__lte=F("recorded_at")),
                name="ledger_event_is_not_in_the_future",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(person__isnull=False), name="ledger_by_person"
            ),
            models.Index(
                fields=["point"], condition=Q(point__isnull=False), name="ledger_by_point"
            ),
            models.Index(
                fields=["point"],
                condition=Q(kind__in=ABOUT_THE_POINT, point__isnull=False),
                name="ledger_objections_by_point",
            ),
            models.Index(
                fields=["about"], condition=Q(about__isnull=False), name="ledger_by_about"
            ),
            models.Index(fields=["kind", "recorded_at"], name="ledger_by_kind"),
        ]
        triggers = append_only("ledger")

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()}"


class EventPayload(models.Model):
    """What is personal about an event: names, values, wording. Never changed, but erasable.

    ``salt`` are 32 random bytes of this row alone: without them the commitment says nothing.
    """

    event = models.OneToOneField(
        LedgerEvent,
        to_field="public_id",
        on_delete=models.PROTECT,
        related_name="payload",
        primary_key=True,
    )
    salt = models.BinaryField(max_length=32)
    body = models.JSONField()

    class Meta:
        triggers = append_only("ledger_payload", delete=False)

    def __str__(self) -> str:
        return str(self.event_id)


class Checkpoint(models.Model):
    """The signed head of the ledger at a size: a C2SP tlog-checkpoint.

    ``state`` is the compact range (hashes of the full subtrees) from which the next one goes on.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    state = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-size"]
        triggers = append_only("checkpoint")

    def __str__(self) -> str:
        return f"{self.size}"
