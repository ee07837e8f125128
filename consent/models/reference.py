"""Random references: all that the hashed part of the ledger says about persons and numbers.

Deleting one of these rows leaves events that lead to nobody, and a chain that still verifies.
"""

from uuid import uuid4

from django.db import models

from contacts.models import ContactPoint, Person


class Subject(models.Model):
    """What the ledger calls a person. A merged person has one for each that went into it.

    ``made_for`` is the number of the person for whom it was made: new events of a merged person
    are written under its own reference, so that an undo leaves them where they belong.
    """

    ref = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subjects")
    made_for = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.ref)


class PointReference(models.Model):
    """What the ledger calls a contact point; all its holders share it."""

    ref = models.UUIDField(unique=True, default=uuid4, editable=False)
    contact_point = models.OneToOneField(
        ContactPoint, on_delete=models.CASCADE, related_name="reference"
    )

    def __str__(self) -> str:
        return str(self.ref)
