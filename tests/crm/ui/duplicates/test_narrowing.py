"""The queue narrowed down to a saved view, on every screen that it is carried to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from contacts import addresses, saved_views
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.models import Merge, SavedView
from tests.crm.suspects import suspected
from tests.crm.ui.duplicates.test_review import text

LIST = "/dubletten/"
BULK = "/dubletten/ansprechpartner/auf-einmal/"
GONE = "Diese Ansicht gibt es hier nicht (mehr), oder sie ist nicht für alle sichtbar."


@pytest.fixture
def pairs(run, make_person, team, admin, source, at):
    """Four groups; in the first and the third somebody is in Berlin."""
    for number in range(1, 5):
        pair = [make_person("Änne", f"Abel{number}", team=team) for _ in range(2)]
        place = {"city": "Berlin" if number in (1, 3) else "Kiel", "postal_code": "10115"}
        addresses.add(actor=admin, record=pair[0], values=place, source=source, at=at)
        suspected(run, pair, number=number)


@pytest.fixture
def keep(at):
    def save(owner, **more) -> SavedView:
        query = queries.parse_string(scope=Scope(ListName.PERSONS, owner, at), text="city=Berlin")
        return saved_views.save(
            actor=owner, list_name=ListName.PERSONS, name="In Berlin", query=query, at=at, **more
        )

    return save


@pytest.fixture
def view(pairs, keep, admin) -> SavedView:
    return keep(admin, is_shared=True)


def numbers(answer) -> list[int]:
    return sorted(card.number for card in answer.context["cards"])


def test_a_view_is_chosen_and_carried_through_the_review(client, sales, view) -> None:
    client.force_login(sales)
    asked = {"ansicht": str(view.public_id)}
    answer = client.get(LIST, asked)
    assert numbers(answer) == [1, 3]
    assert f'<option value="{view.public_id}" selected>In Berlin ({view.owner})</option>' in text(
        answer
    )
    query = urlencode(asked)
    assert f'href="/dubletten/ansprechpartner/1/?{query}"' in text(answer)
    assert f'href="{BULK}?{query}"' in text(answer)
    review = client.get("/dubletten/ansprechpartner/1/", asked)
    assert review.context["next_url"] == f"/dubletten/ansprechpartner/3/?{query}"
    assert review.context["progress"].open == 2
    bulk = client.get(BULK, {**asked, "ab": "6"})
    assert [line["number"] for line in bulk.context["ready"]] == [1, 3]
    assert f'<input type="hidden" name="ansicht" value="{view.public_id}">' in text(bulk)


def test_strengths_and_settled_groups_keep_the_view(client, sales, view) -> None:
    client.force_login(sales)
    answer = client.get(LIST, {"ansicht": str(view.public_id), "band": "SURE"})
    carried = f"ansicht={view.public_id}"
    assert answer.context["all_url"] == f"{LIST}?band=SURE&{carried}&stand=alle"
    assert [each["url"] for each in answer.context["filters"]] == [
        f"{LIST}?{carried}",
        f"{LIST}?band=PROBABLE&{carried}",
        f"{LIST}?band=POSSIBLE&{carried}",
    ]


@pytest.mark.parametrize("which", ["gone", "private", "malformed"])
@pytest.mark.parametrize("path", [LIST, BULK, "/dubletten/ansprechpartner/1/"])
def test_without_the_view_nothing_is_shown(
    client, sales, admin, view, keep, at, which, path
) -> None:
    """Rather than everything, which somebody might take for the segment and merge."""
    saved_views.remove(actor=admin, view=view, at=at)
    named = {"gone": view.public_id, "malformed": "x", "private": keep(admin).public_id}[which]
    client.force_login(sales)
    answer = client.get(path, {"ansicht": str(named)})
    assert answer.status_code == 404
    assert GONE in text(answer)
    assert "Abel" not in text(answer)


def test_nothing_is_merged_without_the_view(client, sales, admin, view, at) -> None:
    saved_views.remove(actor=admin, view=view, at=at)
    client.force_login(sales)
    address = f"{BULK}?ansicht={view.public_id}"
    assert client.post(address, {"ab": "6", "gruppe": ["1", "2"]}).status_code == 404
    assert not Merge.objects.exists()


def test_a_view_that_cannot_be_applied_says_so(client, sales, view) -> None:
    SavedView.objects.update(query="criterion.rang=true")
    client.force_login(sales)
    answer = client.get(LIST, {"ansicht": str(view.public_id)})
    assert answer.status_code == 422
    assert "Die Ansicht „In Berlin“ lässt sich nicht mehr anwenden" in text(answer)


def test_a_view_costs_the_list_two_statements(client, sales, view) -> None:
    """The view that is named, and its owner; what it means goes into the statements there are."""
    client.force_login(sales)
    client.get(LIST)
    counted = []
    for asked in ({}, {"ansicht": str(view.public_id)}):
        with CaptureQueriesContext(connection) as statements:
            client.get(LIST, asked)
        counted.append(len(statements))
    assert counted[1] <= counted[0] + 2
    assert counted[1] <= 26
