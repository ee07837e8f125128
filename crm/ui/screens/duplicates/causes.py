"""What each cause means, for readers of the model's page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: Final[dict[str, str | Promise]] = {
    "match": _("Beide Einträge meinen dasselbe; was abweicht, ist Tippfehler, Umzug oder Alter."),
    "household": _("Leben zusammen und teilen Nachnamen, Anschrift oder Anschluss, sonst nichts."),
    "namesake": _(
        "Heißen zufällig gleich; alles andere stimmt nur überein, wie es der Zufall will."
    ),
    "same_mailbox_name": _(
        "Tragen ähnliche Namen, aus denen bei verschiedenen Anbietern dasselbe Postfach wurde."
    ),
    "mailbox_of_other": _("Eine Person nutzt das Postfach einer anderen, oft der Assistenz."),
    "given_and_birth": _("Vorname und Geburtstag stimmen zufällig überein."),
    "surname_and_birth": _("Nachname und Geburtstag stimmen zufällig überein."),
    "surname_and_postcode": _("Heißen gleich und wohnen nah beieinander, ohne dieselbe zu sein."),
    "swapped_names": _("Der Vorname des einen klingt wie der Nachname des anderen."),
    "building": _("Teilen nur das Haus, etwa ein Hochhaus oder einen Bürokomplex."),
    "given_and_street": _("Tragen denselben Vornamen und wohnen in derselben Straße."),
    "postcode_and_birth": _("Sind am selben Tag geboren und wohnen im selben Ort."),
    "senior_junior": _("Teilen Namen und Anschrift, nicht aber das Geburtsdatum."),
    "shared_mailbox": _("Nutzen eine gemeinsame Adresse wie die der Familie oder der Abteilung."),
    "twins": _("Teilen Nachnamen, Geburtstag und Anschrift, nicht aber den Vornamen."),
    "colleague": _("Arbeiten in derselben Firma und teilen deren Anschluss und Anschrift."),
    "colleague_small_firm": _("Arbeiten in einer Firma, die nur wenige im Bestand haben."),
    "colleague_same_surname": _("Kollegen, die zufällig oder als Verwandte gleich heißen."),
    "colleague_same_given": _("Kollegen, deren Vorname übereinstimmt."),
    "same_name": _("Führen zufällig denselben Namen, an verschiedenen Orten."),
    "shared_contact": _("Verschiedene Firmen unter einer Nummer, Domain oder Anschrift."),
    "name_and_place": _("Heißen ähnlich und sitzen in derselben Gegend."),
    "group_of_companies": _("Mutter, Tochter oder Niederlassung: ähnlicher Name, eigene USt-IdNr."),
}


def meaning_of(cause: str) -> str | Promise:
    """The sentence; empty for a cause that is not described yet."""
    return MEANINGS.get(cause, "")
