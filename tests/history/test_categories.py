"""Categories of contacts: two levels, kept by the team lead."""

import pytest

from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import categories
from history.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(team_lead, at) -> Category:
    return categories.create(actor=team_lead, name=" Beratung ", at=at)


def test_one_below_another(team_lead, advice, at):
    order = categories.create(actor=team_lead, name="Auftrag", at=at)
    light = categories.create(actor=team_lead, name="Licht", parent=advice, at=at)
    assert [(each.name, each.position) for each in categories.in_use()] == [
        ("Beratung", 1), ("Licht", 1), ("Auftrag", 2),
    ]  # fmt: skip
    assert str(light) == "Beratung / Licht"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.object_id) == ("category.created", light.pk)
    assert order.parent is None


def test_a_child_goes_out_of_use_with_its_parent(team_lead, advice, at):
    categories.create(actor=team_lead, name="Licht", parent=advice, at=at)
    categories.update(actor=team_lead, category=advice, values={"is_active": False}, at=at)
    assert categories.in_use() == []
    assert [each.is_active for each in categories.every()] == [False, True]


def test_what_is_refused_changes_nothing(team_lead, sales, advice, at):
    light = categories.create(actor=team_lead, name="Licht", parent=advice, at=at)
    before = list(Category.objects.values()), AuditEntry.objects.count()
    for values, field in (
        ({"name": "Beratung"}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Halle", "parent": light}, "parent"),
    ):
        with pytest.raises(errors.Invalid) as refused:
            categories.create(actor=team_lead, at=at, **values)
        assert list(refused.value.errors) == [field]
    with pytest.raises(errors.Invalid):
        categories.update(actor=team_lead, category=light, values={"name": ""}, at=at)
    with pytest.raises(errors.NotPermitted):
        categories.create(actor=sales, name="Messe", at=at)
    with pytest.raises(errors.NotFound):
        categories.category_for("٣")
    assert (list(Category.objects.values()), AuditEntry.objects.count()) == before


def test_what_does_not_change_leaves_no_trace(team_lead, advice, at):
    before = AuditEntry.objects.count()
    categories.update(actor=team_lead, category=advice, values={"name": "Beratung "}, at=at)
    assert AuditEntry.objects.count() == before
