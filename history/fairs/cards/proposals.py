"""What may be filled into a slip: a value that stands on the card, and how sure it is."""

from dataclasses import dataclass

FIELDS = (
    "name",
    "company_name",
    "function",
    "email",
    "phone",
    "mobile",
    "website",
    "street",
    "postal_code",
    "city",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """``field`` is one of :data:`FIELDS`, ``confidence`` from 0 to 1."""

    field: str
    value: str
    confidence: float

    def stored(self) -> dict[str, str | float]:
        """As it is stored and answered."""
        return {"field": self.field, "value": self.value, "confidence": self.confidence}


def proposal(field: str, value: str, *, read: float, meant: float) -> Proposal:
    """``read``: how sure the letters are; ``meant``: how sure it is that they are this field."""
    sure = max(0.0, min(1.0, read)) * max(0.0, min(1.0, meant))
    return Proposal(field, value, round(sure, 2))
