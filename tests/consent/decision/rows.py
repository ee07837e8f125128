"""The published rows of a family, and others in their vocabulary."""

import csv
import json
from pathlib import Path
from typing import Any

from consent.decision import decide, vectors
from consent.decision.facts import Decision
from consent.decision.vectors import Vector

FILE = Path(__file__).parents[1] / "vectors" / "consent.csv"


def of(family: str) -> list[Vector]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [vectors.parsed(row) for row in csv.DictReader(file) if row["family"] == family]


def like(
    channel: str = "email",
    purpose: str = "newsletter",
    *,
    recipient_type: str = "consumer",
    at: str = "2026-03-03T10:00:00Z",
    known_at: str = "",
    **facts: Any,
) -> Vector:
    """A row that nobody published: the vocabulary is the shortest way to say what is known."""
    return vectors.parsed(
        {
            "vector_id": "",
            "family": "may_contact",
            "title": "",
            "profile": "strict_de",
            "at_time": at,
            "known_at": known_at,
            "channel": channel,
            "purpose": purpose,
            "recipient_type": recipient_type,
            "facts_json": json.dumps(facts),
            "expected_decision": "",
            "expected_ground": "",
            "must_have_codes": "",
            "must_not_have_codes": "",
            "expected_json": "",
            "debatable": "",
            "note": "",
        }
    )


def answer(*args: str, **values: Any) -> Decision:
    """What the rules say to :func:`like` the same arguments."""
    vector = like(*args, **values)
    return decide(vectors.question_of(vector), vectors.facts_of(vector))


def consent(
    *channels: str, granted_at: str = "2026-01-10T09:00:00Z", **values: Any
) -> dict[str, Any]:
    """A signed consent to the newsletter over cp1, with what else is said."""
    return {
        "channels": channels or ("email",),
        "purposes": ["newsletter"],
        "method": "paper",
        "granted_at": granted_at,
        **values,
    }
