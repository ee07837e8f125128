"""What the ledger says of a subject in short: made from events, rebuilt at any time."""

from django.db import models

from consent.models.reference import Subject


class SubjectDigest(models.Model):
    """The events of one subject as :mod:`consent.digests` folds them; never a source of truth.

    Subjects with the same ``shape`` differ in nothing but times and contact points: ``moments``
    (64-bit microseconds since 1970) and ``points`` (16 bytes each) hold theirs in the order in
    which the shape names them. An empty shape: the events have to be read themselves.
    """

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    shape = models.BinaryField(max_length=16)
    moments = models.BinaryField()
    points = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject_id} {bytes(self.shape).hex()}"


class DigestProgress(models.Model):
    """Up to which event of the ledger the digests tell: one row."""

    folded_to = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "digest progress"

    def __str__(self) -> str:
        return f"{self.folded_to}"
