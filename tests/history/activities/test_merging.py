"""What is planned with a record goes with it into the one it is merged into."""

from contacts import merging
from history.models import Activity


def test_what_is_planned_moves_and_comes_back(plan, person, make_person, team, admin, at) -> None:
    twin = make_person("Hans", "Mayer", team=team)
    made = plan(person=twin)
    merge = merging.merge(actor=admin, survivor=person, others=[twin], at=at)
    assert Activity.objects.get().person_id == person.pk
    merging.undo(actor=admin, merge=merge, at=at)
    assert Activity.objects.get(pk=made.pk).person_id == twin.pk
