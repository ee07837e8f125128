"""An answer in words: complete in both languages, and one sentence that tells an agent enough."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from consent.decision import words
from consent.decision.codes import Channel, Code, Doubt, Duty, Ground, Outcome, Remedy
from consent.decision.vocabulary import Reason, Words
from consent.decision.words import explain
from tests.consent.decision.rows import answer, consent


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_key_has_words(language: str) -> None:
    spoken = words.words_of(language)
    assert set(spoken.headlines) == set(Outcome)
    assert set(spoken.channels) == set(Channel)
    assert set(spoken.grounds) == set(Ground)
    assert set(spoken.codes) == set(Code)
    assert set(spoken.duties) == set(Duty)
    assert set(spoken.doubts) == set(Doubt)
    assert set(spoken.remedies) == set(Remedy)
    assert all(text == text.strip() and text for text in _texts(spoken))


def _texts(spoken: Words) -> list[str]:
    reasons: list[Reason] = [*spoken.grounds.values(), *spoken.codes.values()]
    texts = [*spoken.duties.values(), *spoken.doubts.values(), *spoken.remedies.values()]
    return [*texts, *(each.brief for each in reasons), *(each.sentence for each in reasons)]


def test_the_languages_say_the_same_in_other_words() -> None:
    german, english = words.words_of("de"), words.words_of("en")
    for code in Code:
        assert german.codes[code].sentence != english.codes[code].sentence
    assert words.words_of("en-gb") is english
    assert words.words_of("de-at") is german
    assert words.words_of("fr") is german


SOLD = {
    "sale_at": "2025-11-02T09:00:00Z",
    "cp_from_sale": True,
    "own_similar": True,
    "notice_at_collection": True,
}


@pytest.mark.parametrize(
    ("channel", "purpose", "known", "german", "english"),
    [
        (
            "phone",
            "newsletter",
            {"consents": [consent("phone", granted_at="2026-01-09T23:30:00Z")]},
            "Anruf erlaubt: Einwilligung vom 10.01.2026",
            "Call allowed: consent of 10/01/2026",
        ),
        (
            "email",
            "product_offer",
            {"customer": SOLD},
            "E-Mail unter Bedingungen erlaubt: Kauf als Bestandskunde vom 02.11.2025",
            "E-mail allowed on conditions: purchase as an existing customer of 02/11/2025",
        ),
        (
            "sms",
            "product_offer",
            {"customer": SOLD},
            "SMS erst nach Prüfung: Bestandskunde, aber keine E-Mail",
            "Text message only after a review: existing customer, but not e-mail",
        ),
        (
            "phone",
            "sales_call",
            {},
            "Nicht erlaubt: keine Einwilligung",
            "Not allowed: no consent",
        ),
        (
            "phone",
            "newsletter",
            {"objections": [{"at": "2026-02-20T09:00:00Z", "scope": "marketing_all"}]},
            "Nicht erlaubt: Werbewiderspruch vom 20.02.2026",
            "Not allowed: objection to advertising of 20/02/2026",
        ),
        (
            "fax",
            "newsletter",
            {"consents": [consent("fax", withdrawals=[{"at": "2026-02-01T09:00:00Z"}])]},
            "Nicht erlaubt: Widerruf vom 01.02.2026",
            "Not allowed: withdrawal of 01/02/2026",
        ),
        (
            "email",
            "invoice",
            {"service": {"relation": "contract"}},
            "E-Mail erlaubt: gehört zu Vertrag oder Termin",
            "E-mail allowed: part of a contract or appointment",
        ),
        (
            "pigeon",
            "newsletter",
            {},
            "Nicht erlaubt: unbekannter Kanal",
            "Not allowed: unknown channel",
        ),
    ],
)
def test_headline(
    channel: str, purpose: str, known: dict[str, Any], german: str, english: str
) -> None:
    decision = answer(channel, purpose, **known)
    assert explain(decision, "de").headline == german
    assert explain(decision, "en").headline == english


def test_refusal_tells_every_reason_the_way_out_and_the_law() -> None:
    told = explain(answer("phone", consents=[consent("phone", method="web_form")]), "de")
    assert told.headline == "Nicht erlaubt: Nummer nicht bestätigt"
    assert told.sentences == (
        "Für Person, Kontaktweg, Kanal und Zweck gilt keine Einwilligung.",
        "Dass die Nummer der Person gehört, ist nicht bestätigt; eine E-Mail beweist es nicht.",
        "Die Eintragung im Formular wurde nicht über diesen Kanal bestätigt.",
    )
    assert told.would_allow == (
        "eine neue Einwilligung der Person",
        "die Bestätigung dieser Nummer mit einem Code",
        "die Bestätigung über diesen Kanal",
    )
    assert told.duties == ()
    assert len(told.doubts) == 1
    assert told.law == "§ 7 UWG"


def test_permission_tells_its_duties_and_doubts() -> None:
    told = explain(answer("sms", consents=[consent("email", "sms")]), "en")
    assert told.sentences == ("The person consented to exactly this.",)
    assert told.duties == (
        "Say clearly who is advertising.",
        "Make withdrawing as easy as consenting was.",
    )
    assert len(told.doubts) == 1
    assert told.law == "Art. 6(1)(a) GDPR, § 7(2) UWG"


def test_clearance_tells_what_was_cleared() -> None:
    decision = answer(consents=[consent(coupled="contest")])
    cleared = replace(
        decision,
        outcome=Outcome.ALLOW_IF,
        decisive_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )
    told = explain(cleared, "de")
    assert told.headline == "E-Mail unter Bedingungen erlaubt: Freigabe vom 01.03.2026"
    assert told.sentences[:2] == (
        "Jemand mit der Befugnis dazu hat den Kontakt freigegeben.",
        "Die Einwilligung wurde zur Bedingung für etwas anderes gemacht.",
    )


def test_unknown_channel_that_was_cleared_is_a_contact() -> None:
    cleared = replace(answer("pigeon"), outcome=Outcome.ALLOW_IF)
    assert explain(cleared, "de").headline == "Kontakt unter Bedingungen erlaubt: Freigabe"
