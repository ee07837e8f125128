"""Restriction of processing (Art. 18 GDPR) for queries: whoever is restricted is left out."""

from django.db.models import Exists, OuterRef, Q

from consent.models import Restriction


def condition() -> Q:
    """Persons whose data may be stored and nothing else."""
    return Q(Exists(Restriction.objects.filter(person=OuterRef("pk"))))
