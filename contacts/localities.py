"""Which place a postal code belongs to, learnt from the addresses that are there."""

from django.db.models import Count

from contacts.matching import normalise
from contacts.models import Address

MOST = 3


def cities_of(*, postal_code: str, country: str = "DE") -> list[str]:
    """The places written with this postal code, the most frequent first, three at most.

    :raises normalise.Unreadable: it is not a postal code of that country
    """
    code = normalise.postal_code(postal_code, country)
    known = Address.objects.filter(postal_code=code, country=country).exclude(city="")
    counted = known.order_by().values("city").annotate(n=Count("pk")).order_by("-n", "city")
    return [row["city"] for row in counted[:MOST]]
