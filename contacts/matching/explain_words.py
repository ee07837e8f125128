"""The German words for fields, levels and causes.

Plain Python: the words are marked for translation and translated where they are shown.
"""

from typing import Final


def _(text: str) -> str:
    """Mark for translation (as Django's ``gettext_noop``)."""
    return text


FIELDS: Final = {
    "given": _("Vorname"),
    "surname": _("Name"),
    "birth": _("Geburtsdatum"),
    "mail": _("E-Mail"),
    "phone": _("Telefon"),
    "place": _("Anschrift"),
    "year": _("Jahr im Postfach"),
    "firm": _("Firma"),
    "number": _("USt-IdNr."),
}
_SAME_GIVEN: Final = (
    _("gleich, äußerst selten"), _("gleich, sehr selten"), _("gleich, selten"),
    _("gleich, ziemlich selten"), _("gleich"), _("gleich, ziemlich häufig"),
    _("gleich, häufig"), _("gleich, sehr häufig"),
)  # fmt: skip
_SAME: Final = {f"same_{n}": text for n, text in enumerate(_SAME_GIVEN, 1)}
_NAMES: Final = {
    **_SAME,
    "similar_rare_1": _("klingt gleich oder fast gleich, seltene Schreibung eines seltenen Namens"),
    "similar_rare_2": _("klingt gleich oder fast gleich, seltene Schreibung"),
    "similar_rare_3": _("klingt gleich oder fast gleich, seltene Schreibung eines häufigen Namens"),
    "similar_common": _("klingt ähnlich, beides geläufige Namen"),
    "word": _("ein Wort gleich"),
    "near": _("ähnlich geschrieben"),
    "other": _("verschieden"),
    "swapped_rare": _("Vor- und Nachname vertauscht"),
    "swapped_common": _("Vor- und Nachname vertauscht, häufige Namen"),
    "mailbox": _("verschieden, aber das Postfach nennt den anderen Namen"),
}
LEVELS: Final = {
    "given": {
        **_NAMES,
        "nickname": _("Kurz- oder Nebenform desselben Namens"),
        "initial": _("Anfangsbuchstabe passt"),
    },
    "surname": {**_NAMES, "similar_word": _("ein Wort klingt gleich")},
    "birth": {
        "same_rare": _("gleich"),
        "same_some": _("gleich, ein häufiger Tag"),
        "same_common": _("gleich, ein sehr häufiger Tag"),
        "digit": _("eine Ziffer anders"),
        "exchanged": _("Tag und Monat vertauscht"),
        "year": _("nur das Jahr weicht wenig ab"),
        "month": _("Jahr und Monat gleich"),
        "filler": _("Jahr gleich, einmal 1. Januar"),
        "same_year": _("nur das Jahr gleich"),
        "other": _("verschieden"),
    },
    "mail": {
        "same": _("gleich"),
        "same_shared": _("gleich, aber von mehreren benutzt"),
        "local": _("gleich bis auf den Anbieter"),
        "near": _("gleiche Namen, anders geschrieben"),
        "domain_near": _("gleiche Namen bei derselben Firma"),
        "domain": _("verschieden, dieselbe Firmendomain"),
        "other": _("verschieden"),
    },
    "phone": {
        "same_mobile": _("dieselbe Mobilnummer"),
        "same": _("dieselbe Festnetznummer"),
        "same_shared": _("gleich, aber von vielen benutzt"),
        "digit": _("eine Ziffer anders"),
        "extension": _("nur die Durchwahl anders"),
        "other_mobile": _("zwei verschiedene Mobilnummern"),
        "other": _("verschieden"),
    },
    "place": {
        "same": _("gleich"),
        "same_crowded": _("gleich, aber dort sind viele"),
        "suffix": _("gleich bis auf den Zusatz der Hausnummer"),
        "street": _("dieselbe Straße, andere Hausnummer"),
        "moved_number": _("Straße und Hausnummer gleich, Postleitzahl fast"),
        "elsewhere": _("Straße und Hausnummer gleich, aber anderswo"),
        "postcode": _("dieselbe Postleitzahl"),
        "near": _("derselbe Ort oder dieselbe Gegend"),
        "other": _("verschieden"),
        "postcode_only": _("dieselbe Postleitzahl, Straße unbekannt"),
    },
    "year": {"agrees": _("passt zum Geburtsjahr"), "differs": _("passt nicht zum Geburtsjahr")},
    "firm": {
        "same_rare": _("dieselbe Firma"),
        "same": _("dieselbe Firma, dort arbeiten viele"),
        "similar": _("ähnlicher Firmenname"),
        "shares_word": _("erstes Wort gleich"),
        "other": _("verschieden"),
    },
    "number": {"same": _("gleich"), "other": _("verschieden")},
}
# Levels whose words tell a difference; those of all others tell something in common.
_NAMES_DIFFER: Final = frozenset({"other", "mailbox"})
DIFFERENCES: Final = {
    "given": _NAMES_DIFFER,
    "surname": _NAMES_DIFFER,
    "birth": frozenset({"digit", "exchanged", "year", "month", "filler", "same_year", "other"}),
    "mail": frozenset({"domain", "other"}),
    "phone": frozenset({"digit", "extension", "other_mobile", "other"}),
    "place": frozenset({"street", "elsewhere", "other"}),
    "year": frozenset({"differs"}),
    "firm": frozenset({"other"}),
    "number": frozenset({"other"}),
}
CAUSES: Final = {
    "match": _("dieselbe Person oder Firma"),
    "household": _("Personen desselben Haushalts"),
    "namesake": _("zwei Personen gleichen Namens"),
    "same_mailbox_name": _("Postfächer gleichen Namens"),
    "mailbox_of_other": _("das Postfach einer anderen Person"),
    "given_and_birth": _("gleicher Vorname, am selben Tag geboren"),
    "surname_and_birth": _("gleicher Name, am selben Tag geboren"),
    "surname_and_postcode": _("Verwandte oder Namensvettern in der Nähe"),
    "swapped_names": _("vertauscht klingende Namen"),
    "building": _("Nachbarn im selben Haus"),
    "given_and_street": _("gleicher Vorname in derselben Straße"),
    "postcode_and_birth": _("am selben Tag geboren, im selben Ort"),
    "senior_junior": _("Vater und Sohn gleichen Namens"),
    "shared_mailbox": _("ein gemeinsames Postfach"),
    "twins": _("Zwillinge"),
    "colleague": _("Kollegen in derselben Firma"),
    "colleague_small_firm": _("Kollegen in einer kleinen Firma"),
    "colleague_same_surname": _("Kollegen gleichen Nachnamens"),
    "colleague_same_given": _("Kollegen gleichen Vornamens"),
    "same_name": _("zwei Firmen gleichen Namens"),
    "shared_contact": _("gemeinsame Nummer, Domain oder Anschrift"),
    "name_and_place": _("ähnlicher Name in derselben Gegend"),
    "group_of_companies": _("verbundene Firmen"),
}
