"""Lists of persons and companies: conditions, order, columns, pages; fast however long they are.

``persons(user=…, query=…, at=…)`` and ``companies(…)`` give one page; :mod:`query` says what a
query is and how an address holds it, :mod:`filters` what can be asked, :mod:`columns` what is
shown, :mod:`selecting` what somebody chose.
"""

from contacts.listing.pages import Page, companies, page, persons
from contacts.listing.query import ListQuery
from contacts.listing.scope import ListName, Scope

__all__ = ["ListName", "ListQuery", "Page", "Scope", "companies", "page", "persons"]
