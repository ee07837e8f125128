"""Consent texts to begin with: drafts in our own words, to be read by a lawyer and published.

Each names who advertises, over which channels, for what, and how to withdraw; none depends on
anything else. What is in braces is filled in from the controller.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from consent import texts
from consent.models import ConsentText, Controller, TextForm
from crm.accounts.models import User

_REACH_DE = "Ich kann das jederzeit widerrufen, ohne Gründe und mit Wirkung ab dann: {way}."
_REACH_EN = "I can withdraw at any time, without giving reasons and from then on: {way}."


@dataclass(frozen=True, slots=True)
class Starter:
    """One draft."""

    code: str
    form: TextForm
    language: str
    channels: tuple[str, ...]
    purposes: tuple[str, ...]
    title: str
    body: str


STARTERS = (
    Starter(
        "newsletter", TextForm.WEB_FORM, "de", ("email",), ("newsletter",),
        "Newsletter per E‑Mail",
        "Ja, {firm} darf mir an meine oben genannte Adresse per E‑Mail einen Newsletter mit "
        "Neuigkeiten und Angeboten zu eigenen Produkten und Leistungen senden.\n\n" + _REACH_DE
        + " Meine Einwilligung ist freiwillig und an nichts anderes geknüpft.",
    ),
    Starter(
        "newsletter", TextForm.WEB_FORM, "en", ("email",), ("newsletter",),
        "Newsletter by e-mail",
        "Yes, {firm} may send a newsletter with news and offers on its own products and services "
        "to my address above by e-mail.\n\n" + _REACH_EN
        + " My consent is voluntary and tied to nothing else.",
    ),
    Starter(
        "sales-call", TextForm.SPOKEN, "de", ("phone",), ("sales_call", "appointment_acquisition"),
        "Beratung am Telefon",
        "Darf {firm} Sie künftig unter dieser Nummer anrufen, um Sie zu eigenen Produkten und "
        "Leistungen zu beraten, Ihnen Angebote zu machen und Termine vorzuschlagen? Das ist "
        "freiwillig, und unser Gespräch geht auch ohne Ihr Ja weiter. Sie können das jederzeit "
        "widerrufen, zum Beispiel am Telefon oder hier: {way}.",
    ),
    Starter(
        "product-offer", TextForm.WEB_FORM, "de", ("email", "phone", "sms"), ("product_offer",),
        "Angebote zu Produkten",
        "Ja, {firm} darf mir Angebote zu eigenen Produkten und Leistungen machen, und zwar auf den "
        "Wegen, die ich angekreuzt habe: per E‑Mail, per Anruf, per SMS. Jeder Weg gilt nur für "
        "die dazu genannte Adresse oder Nummer.\n\n" + _REACH_DE
        + " Meine Einwilligung ist freiwillig und an nichts anderes geknüpft.",
    ),
    Starter(
        "product-offer", TextForm.WEB_FORM, "en", ("email", "phone", "sms"), ("product_offer",),
        "Offers on products",
        "Yes, {firm} may send me offers on its own products and services in the ways I have "
        "ticked: by e-mail, by call, by SMS. Each way is only for the address or number named "
        "with it.\n\n" + _REACH_EN + " My consent is voluntary and tied to nothing else.",
    ),
    Starter(
        "slip", TextForm.PAPER, "de", ("email", "phone", "post", "sms"),
        ("newsletter", "product_offer", "sales_call"),
        "Einwilligung auf Papier",
        "Ich bin einverstanden, dass {firm} mich auf den angekreuzten Wegen anspricht – per "
        "E‑Mail, per Anruf, per SMS, per Brief –, um mir Neuigkeiten und Angebote zu eigenen "
        "Produkten und Leistungen mitzuteilen und mich dazu zu beraten.\n\n" + _REACH_DE
        + " Meine Einwilligung ist freiwillig und an nichts anderes geknüpft.",
    ),
    Starter(
        "fair", TextForm.FAIR, "de", ("email", "phone", "sms"), ("product_offer", "sales_call"),
        "Messe",
        "Ja, {firm} darf sich nach der Messe auf den angekreuzten Wegen bei mir melden – per "
        "E‑Mail, per Anruf, per SMS –, um mir Angebote zu eigenen Produkten und Leistungen zu "
        "machen und mich dazu zu beraten.\n\n" + _REACH_DE
        + " Ein Nein hat keine Nachteile.",
    ),
    Starter(
        "fair", TextForm.FAIR, "en", ("email", "phone", "sms"), ("product_offer", "sales_call"),
        "Trade fair",
        "Yes, {firm} may get in touch with me after the fair in the ways I have ticked – by "
        "e-mail, by call, by SMS – to make me offers on its own products and services and to "
        "advise me on them.\n\n" + _REACH_EN + " A no has no drawbacks.",
    ),
)  # fmt: skip


@transaction.atomic
def create(*, actor: User | None, controller: Controller, at: datetime) -> list[ConsentText]:
    """Draft those that this installation has no version of yet."""
    known = set(ConsentText.objects.values_list("code", "language"))
    wanted = [each for each in STARTERS if (each.code, each.language) not in known]
    return [_draft(each, actor=actor, controller=controller, at=at) for each in wanted]


def _draft(
    starter: Starter, *, actor: User | None, controller: Controller, at: datetime
) -> ConsentText:
    joined = " oder " if starter.language == "de" else " or "
    way = joined.join(filter(None, (controller.email, controller.phone)))
    link = "über den Verweis in jeder Nachricht" if starter.language == "de" else (
        "with the link in every message"
    )  # fmt: skip
    return texts.draft(
        actor=actor,
        code=starter.code,
        form=starter.form,
        title=starter.title,
        body=starter.body.format(firm=controller.name, way=way or link),
        channels=list(starter.channels),
        purposes=list(starter.purposes),
        elements=list(texts.ELEMENTS),
        controller=controller,
        language=starter.language,
        at=at,
    )
