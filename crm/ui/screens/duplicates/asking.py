"""Which groups the queue shows, as the address says it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from contacts import access
from contacts.duplicates import queue, viewed
from contacts.models import ImportRun, SavedView, Source
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
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
    views: list[SavedView]

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the kind was asked for."""
        asked = self.wanted
        return bool(asked.band or asked.source or asked.import_run or asked.view)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The address's parameters, as names and values."""
        asked = self.wanted
        values = {
            "band": asked.band,
            "quelle": str(asked.source.public_id) if asked.source else "",
            "import": str(asked.import_run.public_id) if asked.import_run else "",
            "ansicht": str(asked.view.view.public_id) if asked.view else "",
            "stand": "" if asked.is_open else "alle",
        }
        return [(name, value) for name, value in values.items() if value]

    @property
    def beside_choices(self) -> list[tuple[str, str]]:
        """What a form carries that lets choose source, import and view."""
        return [pair for pair in self.carried if pair[0] in ("band", "stand")]

    @property
    def query(self) -> str:
        """``?band=SURE&quelle=…``, empty if everything open is wanted."""
        return f"?{urlencode(self.carried)}" if self.carried else ""

    @property
    def list_url(self) -> str:
        """The queue."""
        return list_url(self.kind) + self.query

    def url_with(self, **changes: Any) -> str:
        """The queue with another strength, or with what is settled."""
        return replace(self, wanted=replace(self.wanted, **changes)).list_url

    def group_url(self, number: int) -> str:
        """One group, with the queue that it stands in."""
        return reverse("duplicate-group", args=[self.kind.word, number]) + self.query


def asked(request: Request, kind: Kind) -> Asked:
    """Read the address; a source or an import that is not there is left out.

    :raises errors.DomainError: a view that is not there, or cannot be read any more: without it
        the address would mean many more groups
    """
    query: QueryDict = request.GET
    sources = list(Source.objects.order_by("name"))
    imports = _imports(request)
    wanted = queue.Filter(
        band=query.get("band", ""),
        source=_named(sources, query.get("quelle", "")),
        import_run=_named(imports, query.get("import", "")),
        view=_view(request, kind, query.get("ansicht", "")),
        is_open=query.get("stand") != "alle",
    )
    views = viewed.views_of(user=request.user, kind=kind.code)
    return Asked(kind, wanted, sources, imports, views)


def _view(request: Request, kind: Kind, public_id: str) -> viewed.Viewed | None:
    if not public_id:
        return None
    return viewed.named(user=request.user, kind=kind.code, public_id=public_id, at=clock.now())


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
