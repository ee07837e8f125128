"""What the ledger says of a subject in short: made from events, rebuilt at any time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from consent.models.reference import Subject
from contacts.models import ContactPoint


class SubjectDigest(models.Model):
    """The events of one subject as :mod:`consent.digests` folds them; never a source of truth.

    Subjects with the same ``shape`` differ in nothing but times and contact points: ``moments``
    (microseconds since 1970) and ``points`` (16 bytes each) hold theirs in the order in which
    the shape names them. An empty shape: the events have to be read themselves.
    """

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    shape = models.BinaryField(max_length=16)
    moments = ArrayField(models.BigIntegerField())
    points = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject_id} {bytes(self.shape).hex()}"


class DigestProgress(models.Model):
    """Up to which event of the ledger the digests tell, and with which key of the installation
    each :class:`PointKey` is made (:func:`consent.point_keys.signature`): one row."""

    folded_to = models.BigIntegerField(default=0)
    keyed_with = models.BinaryField(max_length=8, default=bytes)

    class Meta:
        verbose_name_plural = "digest progress"

    def __str__(self) -> str:
        return f"{self.folded_to}"


class PointKey(models.Model):
    """By what the suppression list would know a contact point; derived, never a source of truth.

    Every contact point has a row, made and kept by triggers of the database: ``match_key`` is None
    until it is reckoned, and again when the value changes, which ``edition`` counts.
    """

    contact_point = models.OneToOneField(
        ContactPoint, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    match_key = models.BinaryField(max_length=32, null=True)
    edition = models.IntegerField(db_default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["contact_point"], condition=Q(match_key=None), name="point_without_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_point_id} {bytes(self.match_key or b'').hex()}"
