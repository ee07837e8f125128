"""The screens on which a team lead sets a fair up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consent import controllers
from crm.accounts.models import User
from crm.kernel import clock
from history.fairs.forms import Form
from history.models import CaptureDevice, Event, LeadCapture


def url(name: str, event: Event, *more: object) -> str:
    return reverse(name, args=[event.public_id, *more])


def filled(**values: Any) -> dict[str, Any]:
    return {
        "name": "Lichtwoche München", "stand": "B2", "place": "München",
        "starts_on": "2026-09-01", "ends_on": "2026-09-04", "delete_on": "2026-12-31",
        "controller": controllers.default().pk, "hours_A": "24", "act_A": "CALL",
        "hours_B": "48", "act_B": "CALL", "hours_C": "100", "act_C": "EMAIL", **values,
    }  # fmt: skip


def chips(*rows: tuple[str, str, str], **values: Any) -> dict[str, Any]:
    data = {"chip-TOTAL_FORMS": len(rows), "chip-INITIAL_FORMS": 0, **values}
    for place, (label, points, value) in enumerate(rows):
        data |= {
            f"chip-{place}-label": label,
            f"chip-{place}-points": points,
            f"chip-{place}-value": value,
            f"chip-{place}-ORDER": len(rows) - place,
        }
    return data


def labels(event: Event) -> list[str]:
    event.refresh_from_db()
    return [question.label for question in Form.read(event.form).questions]


def test_a_team_lead_sets_one_up(boss: Client, sales: User) -> None:
    assert boss.get(reverse("event-new")).status_code == 200
    answer = boss.post(reverse("event-new"), filled(team=[sales.pk]))
    event = Event.objects.get()
    assert answer.headers["Location"] == url("question-list", event)
    assert (event.name, event.stand, list(event.team.all())) == (
        "Lichtwoche München", "B2", [sales],
    )  # fmt: skip
    assert event.follow_up == {
        "A": {"hours": 24, "act": "CALL"},
        "B": {"hours": 48, "act": "CALL"},
        "C": {"hours": 100, "act": "EMAIL"},
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"ends_on": "2026-08-01"}, "Das Ende liegt vor dem Beginn."),
        ({"delete_on": "2026-09-04"}, "Gelöscht wird erst nach der Messe"),
        ({"hours_A": "0"}, "Die Frist für A liegt zwischen 1 und"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    boss: Client, values: dict[str, Any], said: str
) -> None:
    answer = boss.post(reverse("event-new"), filled(**values))
    assert answer.status_code == 422
    assert said in answer.text
    assert not Event.objects.exists()


def test_changing_notices_who_was_faster(boss: Client, event: Event) -> None:
    page = boss.get(url("event-edit", event)).text
    assert event.name in page
    answer = boss.post(url("event-edit", event), filled(version=1))
    assert answer.headers["Location"] == url("event", event)
    again = boss.post(url("event-edit", event), filled(version=1, stand="C9"))
    assert again.status_code == 422
    event.refresh_from_db()
    assert (event.name, event.stand, event.version) == ("Lichtwoche München", "B2", 2)


def test_questions_are_added_changed_moved_and_taken_away(boss: Client, event: Event) -> None:
    assert "Volumen" in boss.get(url("question-list", event)).text
    assert boss.get(url("question-new", event)).status_code == 200
    boss.post(
        url("question-new", event),
        chips(("später", "", ""), ("heute", "1", ""), ("", "", ""), label="Muster", asks="OTHER"),
    )
    assert labels(event)[-1] == "Muster"
    made = Form.read(event.form).questions[-1]
    assert [(chip.code, chip.label, chip.points) for chip in made.chips] == [
        ("heute", "heute", 1.0), ("spater", "später", None),
    ]  # fmt: skip
    assert "bis 50 T€" in boss.get(url("question-edit", event, 0)).text
    boss.post(
        url("question-edit", event, 2),
        chips(("kauft", "0.5", "kauft ein"), label="Wer", asks="AUTHORITY", many="on"),
    )
    event.refresh_from_db()
    changed = Form.read(event.form).questions[2]
    assert (changed.code, changed.label, changed.many, changed.chips[0].value) == (
        "authority", "Wer", True, "BUYER",
    )  # fmt: skip
    boss.post(url("question-up", event, 5))
    boss.post(url("question-away", event, 0))
    assert labels(event) == ["Bis wann", "Wer", "Bedarf", "Muster", "Wettbewerb"]
    assert boss.post(url("question-away", event, 9)).status_code == 404


def test_a_chip_that_cannot_be_read_is_told(boss: Client, event: Event) -> None:
    before = labels(event)
    answer = boss.post(
        url("question-new", event), chips(("viel", "1", "sehr viel"), label="Geld", asks="VOLUME")
    )
    assert answer.status_code == 422
    assert "„viel“ steht für einen Betrag in ganzen EUR." in answer.text
    assert labels(event) == before


def test_closing_opening_and_giving_up(
    boss: Client, event: Event, make: Callable[..., LeadCapture]
) -> None:
    boss.post(url("event-close", event))
    assert "geschlossen" in boss.get(url("event", event)).text
    boss.post(url("event-reopen", event))
    event.refresh_from_db()
    assert event.closed_at is None
    make()
    boss.post(url("event-remove", event))
    assert Event.objects.exists()
    LeadCapture.objects.all().delete()
    boss.post(url("event-remove", event))
    assert not Event.objects.exists()


def test_a_lost_device_is_ended(boss: Client, rep: Client, event: Event, sales: User) -> None:
    assert "Noch kein Gerät" in rep.get(url("event-devices", event)).text
    device = CaptureDevice.objects.create(
        event=event, user=sales, name="Handy von Mareike", digest="0" * 64,
        created_at=clock.now(), expires_at=clock.now().replace(year=2099),
    )  # fmt: skip
    assert "Handy von Mareike" in boss.get(url("event-devices", event)).text
    boss.post(url("event-devices", event), {"geraet": str(device.public_id)})
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert "beendet" in rep.get(url("event-devices", event)).text


def test_a_rep_sets_nothing_up(rep: Client, event: Event) -> None:
    for name in ("event-edit", "question-list", "question-new"):
        assert rep.get(url(name, event)).status_code == 403
    for name in ("event-close", "event-reopen", "event-remove"):
        assert rep.post(url(name, event)).status_code == 403
    assert "Ändern" not in rep.get(url("event", event)).text
