"""Saved views belong to somebody; shared ones can be opened by everybody, changed by one."""

import pytest

from contacts import saved_views
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.models import SavedView
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
PERSONS = ListName.PERSONS


@pytest.fixture
def keep(at):
    def save(actor, name, text="q=maier&after=x", **more):
        query = queries.parse_string(scope=Scope(PERSONS, actor, at), text=text)
        return saved_views.save(
            actor=actor, list_name=PERSONS, name=name, query=query, at=at, **more
        )

    return save


def test_a_view_is_an_address_without_its_page(keep, sales):
    view = keep(sales, "  Maier  ")
    assert (view.name, view.query) == ("Maier", "q=maier")
    entry = AuditEntry.objects.get(action="saved-view.created")
    assert entry.changes["query"] == [None, "q=maier"]


def test_who_sees_which(keep, sales, service):
    keep(sales, "Meine")
    shared = keep(sales, "Unsere", is_shared=True)
    keep(service, "Andere")
    assert [v.name for v in saved_views.visible_to(user=sales, list_name=PERSONS)] == [
        "Meine",
        "Unsere",
    ]
    assert [v.name for v in saved_views.visible_to(user=service, list_name=PERSONS)] == [
        "Andere",
        "Unsere",
    ]
    assert saved_views.visible_to(user=sales, list_name=ListName.COMPANIES) == []
    found = saved_views.view_for(user=service, list_name=PERSONS, public_id=shared.public_id)
    assert found == shared


def test_what_somebody_keeps_to_themselves_does_not_exist(keep, sales, service):
    view = keep(sales, "Meine")
    with pytest.raises(errors.NotFound):
        saved_views.view_for(user=service, list_name=PERSONS, public_id=view.public_id)
    with pytest.raises(errors.NotFound):
        saved_views.view_for(user=sales, list_name=PERSONS, public_id="unsinn")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "MEINE"])
def test_a_name_is_needed_and_unique(keep, sales, name):
    keep(sales, "Meine")
    with pytest.raises(errors.Invalid) as refused:
        keep(sales, name)
    assert list(refused.value.errors) == ["name"]
    assert SavedView.objects.count() == 1


def test_change_and_remove(keep, sales, at):
    view = keep(sales, "Meine")
    changed = saved_views.update(actor=sales, view=view, name="Unsere", is_shared=True, at=at)
    assert (changed.name, changed.is_shared, changed.query) == ("Unsere", True, "q=maier")
    saved_views.remove(actor=sales, view=changed, at=at)
    assert not SavedView.objects.exists()
    assert [
        e.action for e in AuditEntry.objects.filter(action__startswith="saved").order_by("pk")
    ] == [
        "saved-view.created",
        "saved-view.updated",
        "saved-view.removed",
    ]


def test_only_the_owner_changes_it(keep, sales, admin, at):
    view = keep(sales, "Unsere", is_shared=True)
    with pytest.raises(errors.NotPermitted):
        saved_views.update(actor=admin, view=view, name="X", at=at)
    with pytest.raises(errors.NotPermitted):
        saved_views.remove(actor=admin, view=view, at=at)
    assert SavedView.objects.get().name == "Unsere"
