"""Whether two items say the same: a hash over the facts of an item, never over its wording."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def material_hash(facts: Mapping[str, Any]) -> str:
    """SHA-256 over the facts (hex); case, spaces and the order of lists do not matter."""
    plain = json.dumps(_normal(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).casefold().split())
    if isinstance(value, Mapping):
        return {str(key): _normal(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted((_normal(each) for each in value), key=lambda each: json.dumps(each))
    return value
