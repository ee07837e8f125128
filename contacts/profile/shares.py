"""What each source gave to a record, and until when it may be used."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from contacts import deadlines
from contacts.deadlines import Term
from contacts.models import AddressKind, Source
from contacts.profile.origins import Origin
from contacts.profile.reach import Place, Point
from contacts.profile.replies import Reply
from contacts.profile.roles import Role


@dataclass(slots=True)
class Share:
    """A source, the data that came from it in words, the first day, and its term of use."""

    source: Source
    term: Term
    what: list[str] = field(default_factory=list)
    since: date | None = None

    def add(self, what: str, origin: Origin) -> None:
        """Count one more datum of this source."""
        if what not in self.what:
            self.what.append(what)
        if origin.since and (self.since is None or origin.since.date() < self.since):
            self.since = origin.since.date()


def shares_of(
    *,
    own: Origin,
    fields: dict[str, Origin],
    labels: dict[str, Any],
    points: list[Point],
    places: list[Place],
    roles: list[Role],
    replies: list[Reply],
    on: date,
) -> list[Share]:
    """The sources of a record's data, the record's own first."""
    found: dict[int, Share] = {}
    told = [(_("Name"), own)]
    told += [(str(labels.get(name, name)), origin) for name, origin in fields.items()]
    told += [(str(p.holder.contact_point.get_kind_display()), p.origin) for p in points]
    told += [(_place(place), place.origin) for place in places]
    told += [(_("Funktion"), role.origin) for role in roles]
    told += [(reply.criterion.label, reply.origin) for reply in replies if reply.origin]
    for what, origin in told:
        source = origin.source
        term = deadlines.term_of(source.use_until, on=on)
        found.setdefault(source.pk, Share(source, term)).add(what, origin)
    return list(found.values())


def _place(place: Place) -> str:
    if place.address.kind == AddressKind.PRIVATE:
        return _("Privatanschrift")
    return _("Anschrift")
