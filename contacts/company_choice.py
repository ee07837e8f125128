"""Companies to choose from while somebody types a name."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.db.models.functions import Coalesce

from contacts.matching.normalise import company_name, fold, loose
from contacts.matching.normalise.unreadable import Unreadable
from contacts.models import Company
from crm.accounts.models import User

MOST = 8


def companies_like(*, user: User, text: str, limit: int = MOST) -> list[Company]:
    """Companies the user may see whose name, place or ERP number begins like the words typed.

    Umlauts and their spellings count as the same letter; the legal form may be typed or not.
    The number of a company that was merged finds the one it went into.
    """
    words = loose(_bare(text)).split()
    if not words:
        return []
    found = SearchQuery(
        " & ".join(f"'{word}':*" for word in words), search_type="raw", config="simple"
    )
    numbered = Company.with_aliases.filter(erp_number=text.strip()).order_by()
    wanted = Q(search=found) | Q(pk__in=numbered.values(survivor=Coalesce("merged_into", "pk")))
    rows = Company.objects.visible_to(user).filter(wanted).order_by("sort_key", "id")
    return list(rows.prefetch_related("addresses")[:limit])


def same_name(company: Company, text: str) -> bool:
    """Whether ``text`` is the company's name, with or without its legal form."""
    return fold(text) in (fold(company.name), fold(company.full_name))


def _bare(text: str) -> str:
    try:
        return company_name(text).name
    except Unreadable:
        return text
