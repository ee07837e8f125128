"""What duplicate matching keeps: signatures, runs, models, suspect pairs, groups, decisions."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person
from crm.kernel.ids import uuid7


class TransactionIdField(models.Field):  # type: ignore[type-arg]  # not subscriptable at run time
    """PostgreSQL's ``xid8``: the transaction that wrote the row."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "xid8"


class MatchingKind(models.TextChoices):
    PERSON = "PERSON", _("Ansprechpartner")
    COMPANY = "COMPANY", _("Firmen")


RECORDS: Final[dict[str, Any]] = {MatchingKind.PERSON: Person, MatchingKind.COMPANY: Company}
"""What the records of a kind are."""


class MatchName(models.Model):
    """The dictionary of names: given names, surnames, streets and firms as folded texts.

    ``features`` is a row of :data:`contacts.matching.names.NAME`.
    """

    id = models.AutoField(primary_key=True)
    text = models.CharField(max_length=60, db_collation="C", unique=True)
    features = models.BinaryField()

    def __str__(self) -> str:
        return self.text


class Signature(models.Model):
    """``data``: one or more rows of :data:`contacts.matching.signatures.SIGNATURE`; ``keys``:
    the record's blocking keys; ``written_in``: the transaction that wrote them, by which a run
    knows what has changed since the last one."""

    data = models.BinaryField()
    keys = ArrayField(models.IntegerField())
    written_in = TransactionIdField(
        db_default=Func(function="pg_current_xact_id", output_field=models.TextField()),
        editable=False,
    )

    class Meta:
        abstract = True


class PersonSignature(Signature):
    """What matching reads of a person; kept by :mod:`contacts.matching.store.upkeep`."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="signature"
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="person_signature_by_key", gin_pending_list_limit=1024)
        ]

    def __str__(self) -> str:
        return f"Person {self.pk}"


class CompanySignature(Signature):
    """What matching reads of a company; kept by :mod:`contacts.matching.store.upkeep`."""

    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, primary_key=True, related_name="signature"
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="company_signature_by_key", gin_pending_list_limit=1024)
        ]

    def __str__(self) -> str:
        return f"Company {self.pk}"


class MatchingModel(models.Model):
    """A learned or shipped model of one kind; versions are counted per kind.

    ``data`` is :meth:`contacts.matching.model.Model.as_json`. ``figures`` tell what it was
    learned from: records, pairs per cause, histogram of weights.
    """

    class Origin(models.TextChoices):
        SHIPPED = "SHIPPED", _("mitgeliefert")
        LEARNED = "LEARNED", _("aus dem Bestand gelernt")

    kind = models.CharField(max_length=8, choices=MatchingKind.choices)
    version = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    data = models.JSONField()
    figures = models.JSONField(default=dict, blank=True)
    is_current = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"], name="matching_model_version_is_unique"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_current=True),
                name="one_matching_model_is_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class MatchingState(models.TextChoices):
    QUEUED = "QUEUED", _("wartet")
    RUNNING = "RUNNING", _("läuft")
    CANCELLED = "CANCELLED", _("angehalten")
    DONE = "DONE", _("fertig")
    FAILED = "FAILED", _("gescheitert")


class MatchingScope(models.TextChoices):
    FULL = "FULL", _("ganzer Bestand")
    CHANGED = "CHANGED", _("Geändertes")


class MatchingStep(models.TextChoices):
    READ = "READ", _("Bestand lesen")
    INDEX = "INDEX", _("Schlüssel ordnen")
    COMPARE = "COMPARE", _("Paare vergleichen")
    LEARN = "LEARN", _("Modell lernen")
    WEIGH = "WEIGH", _("Paare gewichten")
    GROUP = "GROUP", _("Gruppen bilden")
    WRITE = "WRITE", _("Ergebnis schreiben")


BUSY_MATCHING = [MatchingState.QUEUED, MatchingState.RUNNING]


class MatchingRun(models.Model):
    """One pass of the duplicate batch over persons or companies.

    ``generation`` is the full run whose pairs a run writes or mends: its own number for a full
    run. ``snapshot`` is PostgreSQL's name for what the run saw. ``figures`` hold seconds per
    step, what each key type brought and dropped, fillers, and the histogram of weights;
    ``frequencies`` those of names, for the check at entry.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=MatchingKind.choices)
    scope = models.CharField(max_length=8, choices=MatchingScope.choices)
    state = models.CharField(
        max_length=10, choices=MatchingState.choices, default=MatchingState.QUEUED
    )
    step = models.CharField(max_length=8, choices=MatchingStep.choices, default=MatchingStep.READ)
    retrain = models.BooleanField(default=False)
    generation = models.BigIntegerField(default=0)
    is_current = models.BooleanField(default=False)
    model = models.ForeignKey(
        MatchingModel, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    snapshot = models.TextField(blank=True, default="")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    records = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    candidates = models.PositiveBigIntegerField(default=0)
    pairs_found = models.PositiveIntegerField(default=0)
    groups_found = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)
    frequencies = models.BinaryField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state__in=BUSY_MATCHING),
                name="one_matching_run_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_current=True), name="one_matching_run_is_current"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MatchingState.values), name="matching_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MatchingShard(models.Model):
    """A part of one step of a run: done by one task, by whichever worker gets it.

    ``low`` and ``high`` bound it (records, or key types); ``result`` is what the next step needs.
    """

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="shards")
    step = models.CharField(max_length=8, choices=MatchingStep.choices)
    number = models.PositiveIntegerField()
    low = models.PositiveIntegerField(default=0)
    high = models.PositiveIntegerField(default=0)
    is_done = models.BooleanField(default=False)
    seconds = models.FloatField(default=0)
    result = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["run", "step", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step", "number"], name="matching_shard_exists_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.step} {self.number}"


class MatchingSnapshot(models.Model):
    """Signatures as a run found them, some thousand in one row; gone when the run has ended."""

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    changed = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="matching_snapshot_part_exists_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class SuspectPair(models.Model):
    """Two records that look like one.

    ``first_id`` < ``second_id`` are primary keys of persons or companies, without foreign keys:
    the rows are derived and rewritten by every run; triggers take them away with the record.
    ``weight`` is in bits, 0 is the threshold; ``pattern`` is the comparison as
    :func:`contacts.matching.comparison.pack` gives it. ``group`` is the group that holds both,
    null if they are in different ones.
    """

    generation = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=MatchingKind.choices)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    weight = models.FloatField()
    pattern = models.BigIntegerField()
    group = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = [F("weight").desc(), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["first_id", "second_id", "generation"], name="suspect_pair_exists_once"
            ),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="suspect_pair_is_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["second_id", "generation"], name="suspect_pair_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}/{self.second_id}"


class SuspectGroup(models.Model):
    """Records that are probably one. ``number`` stays the same from run to run as long as most
    of its members do; ``strength`` is the weight of its strongest pair, ``weakest`` of its
    weakest (bits)."""

    generation = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=MatchingKind.choices)
    number = models.BigIntegerField()
    members = ArrayField(models.BigIntegerField())
    size = models.PositiveIntegerField()
    strength = models.FloatField()
    weakest = models.FloatField()

    class Meta:
        ordering = [F("strength").desc(), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "number"], name="suspect_group_exists_once"
            )
        ]
        indexes = [
            models.Index(
                F("generation"), F("strength").desc(), F("id"), name="suspect_group_by_strength"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class PairDecision(models.Model):
    """What somebody decided of two records: the same, or not. It binds all later runs.

    Taken back decisions stay, with who took them back and when.
    """

    class Verdict(models.TextChoices):
        SAME = "SAME", _("dieselbe")
        DIFFERENT = "DIFFERENT", _("verschieden")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    first_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions_as_first"
    )
    second_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions_as_second"
    )
    first_company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions_as_first"
    )
    second_company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions_as_second"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    weight = models.FloatField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_person__lt=F("second_person"))
                | Q(first_company__lt=F("second_company")),
                name="decision_is_about_two_records_in_order",
            ),
            models.UniqueConstraint(
                fields=["first_person", "second_person"],
                condition=Q(withdrawn_at__isnull=True, first_person__isnull=False),
                name="one_decision_holds_for_two_persons",
            ),
            models.UniqueConstraint(
                fields=["first_company", "second_company"],
                condition=Q(withdrawn_at__isnull=True, first_company__isnull=False),
                name="one_decision_holds_for_two_companies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.public_id}"

    @property
    def kind(self) -> str:
        """Of persons or of companies."""
        return MatchingKind.PERSON if self.first_person_id else MatchingKind.COMPANY
