"""Sums over opportunities, plain and weighted by how probable they are."""

from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Sum
from django.db.models.functions import Coalesce

from history.models import Opportunity

_AMOUNT: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=20, decimal_places=2)
VOLUME = Coalesce(Sum("volume"), Decimal(0), output_field=_AMOUNT)
WEIGHTED = Coalesce(
    Sum(
        ExpressionWrapper(
            F("volume") * Coalesce("probability", "stage__probability") / Decimal(100),
            output_field=_AMOUNT,
        )
    ),
    Decimal(0),
    output_field=_AMOUNT,
)
"""Where nobody judged, the probability of the stage stands in."""


def weighted(opportunity: Opportunity) -> Decimal | None:
    """The volume times the probability; None while the volume is unknown."""
    if opportunity.volume is None:
        return None
    judged = opportunity.probability
    percent = opportunity.stage.probability if judged is None else judged
    return opportunity.volume * percent / 100
