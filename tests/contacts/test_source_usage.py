"""How much of the stock comes from each source?"""

from collections.abc import Callable
from datetime import datetime

from contacts import contact_points, source_usage, sources
from contacts.models import ContactPointKind, Person, Source, SourceKind
from contacts.source_usage import Usage
from crm.accounts.models import User


def test_records_and_single_data_are_counted_by_their_own_source(
    make_person: Callable[..., Person], admin: User, source: Source, at: datetime
) -> None:
    fair = sources.create(actor=admin, kind=SourceKind.FAIR, name="Messe", at=at)
    unused = sources.create(actor=admin, kind=SourceKind.LIST, name="Liste", at=at)
    person = make_person("Johannes", "Maier")
    make_person("Änne", "Müller-Voß")
    contact_points.add(
        actor=admin,
        record=person,
        kind=ContactPointKind.EMAIL,
        value="maier@havelberg.example",
        source=fair,
        at=at,
    )

    usages = source_usage.by_source()

    assert usages[source.pk] == Usage(persons=2, companies=0, details=0)
    assert usages[fair.pk] == Usage(persons=0, companies=0, details=1)
    assert unused.pk not in usages
