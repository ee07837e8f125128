"""Notices in German. What is in braces is filled in by :mod:`consent.notices.rules.wording`."""

AND, OR = "und", "oder"

TITLES = {
    "13.1.a": "Wer verantwortlich ist",
    "13.1.b": "Datenschutzbeauftragte Person",
    "13.1.c": "Wofür und auf welcher Grundlage",
    "13.1.d": "Unsere berechtigten Interessen",
    "13.1.e": "Wer Ihre Angaben bekommt",
    "13.1.f": "Länder außerhalb der EU",
    "13.2.a": "Wie lange wir speichern",
    "13.2.b": "Ihre Rechte",
    "13.2.c": "Ihre Einwilligung widerrufen",
    "13.2.d": "Beschwerde",
    "13.2.e": "Ob Sie die Angaben machen müssen",
    "13.2.f": "Automatisierte Entscheidungen",
    "14.1.d": "Welche Angaben wir haben",
    "14.2.f": "Woher wir Ihre Angaben haben",
    "21.4": "Ihr Recht auf Widerspruch",
}
PURPOSES = {
    "appointment": "Termine",
    "enquiry": "Anfragen",
    "fair": "Gespräche auf Messen",
    "contract": "Aufträge und Verträge",
    "advertising": "Werbung",
    "bought_addresses": "Werbung an gekaufte Adressen",
    "referral": "Empfehlungen",
}
AIMS = {
    "appointment": "einen Termin mit Ihnen zu vereinbaren, Sie dafür zu erreichen und den Termin "
    "vor- und nachzubereiten",
    "enquiry": "Ihre Anfrage zu beantworten und Sie dafür zu erreichen",
    "fair": "festzuhalten, worüber wir am Stand gesprochen haben (auch mit einem Foto Ihrer "
    "Visitenkarte und mit Sprachnotizen, die wir danach aufnehmen), Ihre Anfrage zu beantworten "
    "und Sie dafür zu erreichen",
    "contract": "Angebote zu machen, Ihren Auftrag auszuführen und abzurechnen",
    "advertising": "Ihnen Neuigkeiten und Angebote zu unseren Produkten und Leistungen zu "
    "schicken oder Sie dazu anzurufen, soweit das erlaubt ist",
    "bought_addresses": "Ihnen per Brief Angebote zu unseren Produkten und Leistungen zu machen",
    "referral": "Sie auf die Empfehlung hin anzusprechen, soweit das erlaubt ist",
}
SHORT_AIMS = {
    "appointment": "um den Termin zu vereinbaren und Sie dafür zu erreichen",
    "enquiry": "um Ihre Anfrage zu beantworten",
    "fair": "um Ihre Anfrage vom Stand zu beantworten",
    "contract": "um Ihren Auftrag auszuführen",
    "advertising": "um Ihnen Angebote zu machen",
    "bought_addresses": "um Ihnen Angebote zu machen",
    "referral": "um Sie auf die Empfehlung hin anzusprechen",
}
BASES = {
    "6.1.a": "Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)",
    "6.1.b": "Vertrag und Schritte davor (Art. 6 Abs. 1 Buchst. b DSGVO)",
    "6.1.c": "gesetzliche Pflichten (Art. 6 Abs. 1 Buchst. c DSGVO)",
    "6.1.d": "lebenswichtige Interessen (Art. 6 Abs. 1 Buchst. d DSGVO)",
    "6.1.e": "öffentliche Aufgaben (Art. 6 Abs. 1 Buchst. e DSGVO)",
    "6.1.f": "unsere berechtigten Interessen (Art. 6 Abs. 1 Buchst. f DSGVO)",
}
INTERESTS = {
    "direct_marketing": "für unsere Produkte und Leistungen zu werben",
    "planning": "Einsätze und Wege sinnvoll zu planen",
    "legal_claims": "uns gegen Ansprüche zu verteidigen und eigene durchzusetzen",
    "security": "unsere Technik vor Missbrauch zu schützen",
    "follow_up": "einem Hinweis auf Ihr Interesse nachzugehen",
    "group": "innerhalb unserer Unternehmensgruppe zusammenzuarbeiten",
}
DATA = {
    "name": "Name und Anrede",
    "phone": "Telefonnummern",
    "email": "E‑Mail-Adressen",
    "address": "Anschrift",
    "company": "Firma und Aufgabe dort",
    "appointment": "Zeit, Ort und Anlass von Terminen",
    "notes": "Notizen zu Gesprächen",
    "contract": "Angebote, Aufträge und Rechnungen",
    "origin": "Herkunft der Adresse",
}
CATEGORIES = {
    "calendar": "Terminkalender",
    "hosting": "Betrieb unserer Server",
    "mail": "Versand von E‑Mails",
    "sms": "Versand von SMS",
    "telephony": "Telefonanlage",
    "field_service": "Ausführung vor Ort",
    "lettershop": "Druck und Versand von Briefen",
    "payment": "Zahlungen",
    "tax_adviser": "Steuerberatung",
    "group": "Unternehmen unserer Gruppe",
    "partner": "Kooperationspartner",
    "authority": "Behörde",
}
KEPT = {
    "appointment": "Angaben zum Termin",
    "enquiry": "Anfragen",
    "contract": "Angaben zum Vertrag",
    "trade_letter": "Geschäftsbriefe",
    "voucher": "Rechnungen und andere Belege",
    "advertising": "Angaben für Werbung",
    "phone_consent_proof": "Nachweise einer Einwilligung in Anrufe",
    "consent_proof": "Nachweise anderer Einwilligungen",
    "bought_address": "Gekaufte, nicht genutzte Adressen",
    "notice_log": "Nachweise unserer Hinweise",
}
STARTS = {
    "collection": "ab der Erhebung",
    "process": "nach Abschluss des Vorgangs",
    "relation": "nach Ende der Geschäftsbeziehung",
    "year_end": "ab dem Ende des Kalenderjahres",
    "use": "ab der letzten Nutzung",
    "objection": "bis Sie widersprechen oder widerrufen",
}
PERIOD, UNTIL = "{kind}: {length} {start}", "{kind}: {start}"
MONTHS, YEARS = ("ein Monat", "{n} Monate"), ("ein Jahr", "{n} Jahre")
RIGHTS = {
    "access": "Auskunft (Art. 15 DSGVO)",
    "rectification": "Berichtigung (Art. 16)",
    "erasure": "Löschung (Art. 17)",
    "restriction": "Einschränkung der Verarbeitung (Art. 18)",
    "portability": "Übertragung Ihrer Daten (Art. 20)",
    "objection": "Widerspruch (Art. 21)",
}
SAFEGUARDS = {
    "adequacy": "Die Europäische Kommission hat dort ein angemessenes Schutzniveau festgestellt.",
    "privacy_framework": "Die Europäische Kommission hat für zertifizierte Unternehmen ein "
    "angemessenes Schutzniveau festgestellt (EU-US Data Privacy Framework).",
    "clauses": "Es gelten Standardvertragsklauseln der Europäischen Kommission.",
    "corporate_rules": "Es gelten verbindliche interne Datenschutzvorschriften.",
}
COPY_AT = " Eine Kopie bekommen Sie hier: {copy_at}."
COPY_FROM_US = " Eine Kopie schicken wir Ihnen auf Anfrage."
SOURCES = {
    "supplier": "von einem Adressanbieter",
    "public": "aus öffentlich zugänglichen Quellen",
    "third_person": "von jemandem, der Sie uns empfohlen hat",
    "list": "aus einer Liste, die uns ein Geschäftspartner gegeben hat",
}
OBLIGATIONS = {
    "voluntary": "Die Angaben sind freiwillig.",
    "contract": "Die Angaben sind für Abschluss oder Ausführung des Vertrags erforderlich.",
    "statutory": "Zu diesen Angaben sind Sie gesetzlich verpflichtet.",
}
WITHOUT = {
    "appointment": "Ohne Namen und eine Möglichkeit, Sie zu erreichen, können wir keinen Termin "
    "vereinbaren.",
    "enquiry": "Ohne eine Möglichkeit, Sie zu erreichen, können wir Ihnen nicht antworten.",
    "fair": "Ohne eine Möglichkeit, Sie zu erreichen, können wir uns nach der Messe nicht bei "
    "Ihnen melden.",
    "contract": "Ohne sie können wir Ihren Auftrag nicht ausführen.",
    "advertising": "Ohne sie schicken wir Ihnen keine Angebote; weitere Folgen hat das nicht.",
    "bought_addresses": "",
    "referral": "",
}
TEXTS = {
    "13.1.a": "Verantwortlich ist {name}, {address}{representative}. Sie erreichen uns {contact}.",
    "13.1.b": "{officer} erreichen Sie hier: {officer_contact}.",
    "13.1.c": "Wir verarbeiten Ihre Angaben, um {aim}. Grundlage: {bases}.",
    "13.1.d": "Wir haben ein berechtigtes Interesse daran, {interests}.",
    "13.1.e": "Ihre Angaben bekommen, soweit sie sie dafür brauchen: {recipients}.",
    "13.1.f": "{transfers}",
    "13.2.a": "So lange speichern wir. {periods}.",
    "13.2.b": "Sie haben Rechte uns gegenüber: {rights}. Eine Nachricht {contact} genügt.",
    "13.2.c": "Eine Einwilligung können Sie jederzeit widerrufen, ohne Gründe, {contact}. Was "
    "bis dahin auf ihrer Grundlage geschah, bleibt rechtmäßig.",
    "13.2.d": "Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren{authority}.",
    "13.2.e": "{obligation} {without}",
    "13.2.f": "{logic} {consequences}",
    "14.1.d": "Wir verarbeiten: {data}.",
    "14.2.f": "Wir haben Ihre Angaben {sources}.",
    "21.4": "Sie können der Verarbeitung Ihrer Angaben jederzeit widersprechen.{marketing} Eine "
    "Nachricht {contact} genügt; andere Kosten als die der Übermittlung entstehen nicht.",
}
REPRESENTATIVE = ", vertreten durch {representative}"
OFFICER = "Unsere datenschutzbeauftragte Person"
AUTHORITY = ", für uns zuständig ist: {authority}"
MARKETING = (
    " Widersprechen Sie der Werbung, nutzen wir Ihre Angaben nicht mehr für Werbung und auch nicht "
    "für Auswertungen dafür; Gründe brauchen Sie nicht."
)
BY_EMAIL, BY_PHONE = "per E‑Mail an {email}", "telefonisch unter {phone}"
TRANSFER = "{name} ({category}) verarbeitet Ihre Angaben auch in {country}. {safeguard}{copy}"
COUNTRIES = {
    "US": "den USA", "GB": "Großbritannien", "CH": "der Schweiz", "CA": "Kanada", "IN": "Indien",
    "IL": "Israel", "JP": "Japan", "KR": "Südkorea", "NZ": "Neuseeland", "AU": "Australien",
    "TR": "der Türkei", "UA": "der Ukraine", "CN": "China", "SG": "Singapur", "BR": "Brasilien",
}  # fmt: skip
ELSEWHERE = "einem Land außerhalb der EU ({code})"

OPENING = "Kurz zum Datenschutz:"
SPOKEN = {
    "13.1.a": "Verantwortlich ist {name}{city}.",
    "13.1.b": "Unsere datenschutzbeauftragte Person ist neu: {officer_contact}.",
    "13.1.c": "{asked} speichern wir, {short_aim}.",
    "13.1.d": "Wir haben ein berechtigtes Interesse daran, {interests}.",
    "13.1.e": "Ihre Angaben bekommen auch: {recipient_kinds}.",
    "13.1.f": "{abroad}",
    "13.2.a": "So lange speichern wir. {periods}.",
    "13.2.b": "Sie können jederzeit Auskunft, Berichtigung oder Löschung verlangen.",
    "13.2.c": "Ihre Einwilligung können Sie jederzeit widerrufen.",
    "13.2.d": "Sie können sich bei einer Aufsichtsbehörde beschweren.",
    "13.2.e": "{obligation}",
    "13.2.f": "{logic}",
    "14.1.d": "Wir verarbeiten: {data}.",
    "14.2.f": "Wir haben Ihre Angaben {sources}.",
    "21.4": "Sie können jederzeit widersprechen.",
}
IN_CITY = " in {city}"
ABROAD = "Der Dienst für {category} läuft in {country}."
ABROAD_CALENDAR = "Unser Terminkalender läuft bei einem Anbieter in {country}."
ASKED = {
    "appointment": "Ihren Namen und Ihre Telefonnummer",
    "enquiry": "Ihren Namen und Ihre Telefonnummer",
    "fair": "Was Sie uns am Stand sagen",
    "contract": "Ihre Angaben",
    "advertising": "Ihre Angaben",
    "bought_addresses": "Ihre Angaben",
    "referral": "Ihre Angaben",
}
REST = {
    "email": "Die ausführlichen Hinweise schicke ich Ihnen gern per E‑Mail; Sie finden sie auch "
    "unter {link}. Wohin darf ich sie senden?",
    "sms": "Die ausführlichen Hinweise schicke ich Ihnen gern als SMS mit einem Verweis; Sie "
    "finden sie auch unter {link}. Darf ich sie an diese Nummer senden?",
    "letter": "Die ausführlichen Hinweise schicke ich Ihnen gern per Post; Sie finden sie auch "
    "unter {link}. Wohin darf ich sie senden?",
    "": "Die ausführlichen Hinweise finden Sie unter {link}.",
}
KNOWN = "Unsere Datenschutzhinweise haben Sie am {day} erhalten; daran hat sich nichts geändert."
SINCE = "Unsere Hinweise haben Sie am {day} bekommen. Neu ist:"
OWN_SOURCE = "Wir haben Ihre Angaben von: {source}, erhalten am {day}."
HEADING = "Datenschutzhinweise"
MAIL = "Guten Tag,\n\nhier sind unsere Hinweise dazu, wie wir Ihre Angaben verarbeiten ({purpose})."
NEW = "neu"
READ_AT = "Diese Hinweise im Netz: {link}"
VERSION = "Fassung {number} vom {day}"
TEXT_MESSAGE = "{name}: Unsere Datenschutzhinweise zu {purpose}: {link}"
REASONS = {
    "no_officer": "Es ist keine datenschutzbeauftragte Person benannt.",
    "no_interests": "Die Verarbeitung stützt sich nicht auf berechtigte Interessen.",
    "no_recipients": "Die Angaben gehen an niemanden außerhalb.",
    "no_transfer": "Die Angaben verlassen die EU nicht.",
    "no_consent": "Die Verarbeitung stützt sich nicht auf eine Einwilligung.",
    "no_automated": "Es wird nichts automatisiert entschieden.",
}
