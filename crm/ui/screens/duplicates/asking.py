"""Which groups the queue shows, as the address says it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from contacts import access
from contacts.duplicates import queue
from contacts.models import ImportRun, Source
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.ui.access import Request
from crm.ui.screens.duplicates.words import Kind, list_url

MOST_IMPORTS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter with the address that carries it."""

    kind: Kind
    wanted: queue.Filter
    sources: list[Source]
    imports: list[ImportRun]

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the kind was asked for."""
        return bool(self.wanted.band or self.wanted.source or self.wanted.import_run)

    @property
    def query(self) -> str:
        """``?band=SURE&quelle=…``, empty if everything open is wanted."""
        return self.with_band(self.wanted.band)

    @property
    def list_url(self) -> str:
        """The queue."""
        return list_url(self.kind) + self.query

    def with_band(self, band: str) -> str:
        """The same with another strength."""
        values: dict[str, Any] = {
            "band": band,
            "quelle": self.wanted.source.public_id if self.wanted.source else "",
            "import": self.wanted.import_run.public_id if self.wanted.import_run else "",
            "stand": "" if self.wanted.is_open else "alle",
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}" if query else ""

    def group_url(self, number: int) -> str:
        """One group, with the queue that it stands in."""
        return reverse("duplicate-group", args=[self.kind.word, number]) + self.query


def asked(request: Request, kind: Kind) -> Asked:
    """Read the address; a source or an import that is not there is left out."""
    query: QueryDict = request.GET
    sources = list(Source.objects.order_by("name"))
    imports = _imports(request)
    wanted = queue.Filter(
        band=query.get("band", ""),
        source=_named(sources, query.get("quelle", "")),
        import_run=_named(imports, query.get("import", "")),
        is_open=query.get("stand") != "alle",
    )
    return Asked(kind, wanted, sources, imports)


def _imports(request: Request) -> list[ImportRun]:
    if not policy.may(request.user, Permission.CONTACTS_IMPORT):
        return []
    return list(access.imports_of(request.user).order_by("-pk")[:MOST_IMPORTS])


def _named(rows: Any, public_id: str) -> Any:
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    return next((row for row in rows if row.public_id == wanted), None)
