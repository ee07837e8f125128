"""Notices in plain German (einfache Sprache), machine drafts: short sentences, one thought each.

The same names as in :mod:`consent.notices.rules.words_de`. They are no *Leichte Sprache* until
readers of the target group have tested them.
"""

from consent.notices.rules import words_de

AND, OR = "und", "oder"

TITLES = {
    "13.1.a": "Wer sind wir?",
    "13.1.b": "Wer achtet bei uns auf den Datenschutz?",
    "13.1.c": "Warum schreiben wir etwas auf?",
    "13.1.d": "Welchen guten Grund haben wir?",
    "13.1.e": "Wer bekommt Ihre Daten?",
    "13.1.f": "Gehen Daten in andere Länder?",
    "13.2.a": "Wie lange heben wir die Daten auf?",
    "13.2.b": "Was dürfen Sie verlangen?",
    "13.2.c": "Sie haben Ja gesagt. Dürfen Sie es sich anders überlegen?",
    "13.2.d": "Wo können Sie sich beschweren?",
    "13.2.e": "Müssen Sie uns die Daten geben?",
    "13.2.f": "Entscheidet ein Computer?",
    "14.1.d": "Welche Daten haben wir?",
    "14.2.f": "Woher haben wir die Daten?",
    "21.4": "Sie dürfen Nein sagen",
}
PURPOSES = {
    "appointment": "Termine",
    "enquiry": "Fragen an uns",
    "fair": "Gespräche auf der Messe",
    "contract": "Aufträge",
    "advertising": "Werbung",
    "bought_addresses": "Werbung mit gekauften Adressen",
    "referral": "Empfehlungen",
}
AIMS = {
    "appointment": "So können wir einen Termin mit Ihnen machen. Und wir können Sie erreichen.",
    "enquiry": "So können wir Ihre Frage beantworten. Und wir können Sie erreichen.",
    "fair": "So wissen wir, worüber wir auf der Messe gesprochen haben. Vielleicht machen wir ein "
    "Foto von Ihrer Visiten-Karte. Oder wir sprechen danach eine Notiz auf. So können wir Ihre "
    "Frage beantworten. Und wir können Sie erreichen.",
    "contract": "So können wir für Sie arbeiten. Und wir können eine Rechnung schreiben.",
    "advertising": "So können wir Ihnen Werbung schicken. Oder wir rufen Sie an, wenn wir das "
    "dürfen.",
    "bought_addresses": "So können wir Ihnen Werbung mit der Post schicken.",
    "referral": "Jemand hat Sie empfohlen. So können wir Sie ansprechen, wenn wir das dürfen.",
}
SHORT_AIMS = {
    "appointment": "So können wir den Termin planen.",
    "enquiry": "So können wir Ihre Frage beantworten.",
    "fair": "So können wir Ihre Frage von der Messe beantworten.",
    "contract": "So können wir für Sie arbeiten.",
    "advertising": "So können wir Ihnen Werbung machen.",
    "bought_addresses": "So können wir Ihnen Werbung machen.",
    "referral": "So können wir Sie ansprechen.",
}
BASES = {
    "6.1.a": "Sie haben Ja gesagt (Artikel 6 Absatz 1 Buchstabe a der DSGVO)",
    "6.1.b": "wir haben einen Vertrag mit Ihnen oder bereiten ihn vor (Artikel 6 Absatz 1 "
    "Buchstabe b der DSGVO)",
    "6.1.c": "ein Gesetz verlangt es (Artikel 6 Absatz 1 Buchstabe c der DSGVO)",
    "6.1.d": "es geht um Leben und Gesundheit (Artikel 6 Absatz 1 Buchstabe d der DSGVO)",
    "6.1.e": "es ist eine öffentliche Aufgabe (Artikel 6 Absatz 1 Buchstabe e der DSGVO)",
    "6.1.f": "wir haben einen guten Grund (Artikel 6 Absatz 1 Buchstabe f der DSGVO)",
}
INTERESTS = {
    "direct_marketing": "wir wollen für unsere Arbeit werben",
    "planning": "wir wollen unsere Wege gut planen",
    "legal_claims": "wir wollen uns vor Gericht wehren können",
    "security": "wir wollen unsere Computer schützen",
    "follow_up": "wir haben gehört, dass Sie sich für uns interessieren",
    "group": "wir arbeiten mit anderen Firmen zusammen, die zu uns gehören",
}
DATA = {
    "name": "Ihr Name",
    "phone": "Ihre Telefon-Nummer",
    "email": "Ihre E‑Mail-Adresse",
    "address": "Ihre Adresse",
    "company": "Ihre Firma",
    "appointment": "Ihre Termine",
    "notes": "Notizen zu Gesprächen",
    "contract": "Ihre Aufträge und Rechnungen",
    "origin": "woher die Adresse kommt",
}
CATEGORIES = {
    "calendar": "Kalender",
    "hosting": "Computer",
    "mail": "E‑Mails",
    "sms": "SMS",
    "telephony": "Telefon",
    "field_service": "Arbeit bei Ihnen",
    "lettershop": "Briefe",
    "payment": "Geld",
    "tax_adviser": "Steuern",
    "group": "Firma, die zu uns gehört",
    "partner": "Partner-Firma",
    "authority": "Amt",
}
KEPT = {
    "appointment": "Daten zum Termin",
    "enquiry": "Ihre Fragen",
    "contract": "Daten zum Vertrag",
    "trade_letter": "Briefe",
    "voucher": "Rechnungen",
    "advertising": "Daten für Werbung",
    "phone_consent_proof": "Ihr Ja zu Anrufen",
    "consent_proof": "Ihr Ja zu anderer Werbung",
    "bought_address": "Gekaufte Adressen",
    "notice_log": "Nachweise zum Datenschutz",
}
STARTS = {
    "collection": "von dem Tag an, an dem wir sie bekommen",
    "process": "nachdem alles erledigt ist",
    "relation": "nachdem Sie kein Kunde mehr sind",
    "year_end": "vom Ende des Jahres an",
    "use": "von dem Tag an, an dem wir sie zuletzt brauchten",
    "objection": "bis Sie Nein sagen",
}
PERIOD, UNTIL = "{kind}: {length}, {start}", "{kind}: {start}"
MONTHS, YEARS = ("ein Monat", "{n} Monate"), ("ein Jahr", "{n} Jahre")
RIGHTS = {
    "access": "Sie dürfen fragen: Was wissen Sie über mich?",
    "rectification": "Sie dürfen sagen: Das ist falsch. Ändern Sie das.",
    "erasure": "Sie dürfen sagen: Löschen Sie das.",
    "restriction": "Sie dürfen sagen: Benutzen Sie das nicht.",
    "portability": "Sie dürfen sagen: Geben Sie mir meine Daten mit.",
    "objection": "Sie dürfen sagen: Ich will das nicht.",
}
SAFEGUARDS = {
    "adequacy": "Die Europäische Union sagt: Dort sind Daten gut geschützt.",
    "privacy_framework": "Die Firma macht bei Regeln mit. Die Europäische Union sagt: Das ist gut "
    "genug.",
    "clauses": "Die Firma hat einen Vertrag unterschrieben. Der Vertrag schützt Ihre Daten.",
    "corporate_rules": "Die Firma hat eigene Regeln. Ein Amt hat die Regeln geprüft.",
}
COPY_AT = " Das können Sie hier lesen: {copy_at}."
COPY_FROM_US = " Wir schicken Ihnen das, wenn Sie uns fragen."
SOURCES = {
    "supplier": "von einer Firma, die Adressen verkauft",
    "public": "aus Quellen, die alle lesen können",
    "third_person": "von jemandem, der Sie empfohlen hat",
    "list": "aus einer Liste von einer anderen Firma",
}
COUNTRIES = words_de.COUNTRIES
OBLIGATIONS = {
    "voluntary": "Nein. Sie müssen nicht.",
    "contract": "Wir brauchen die Daten für den Vertrag.",
    "statutory": "Ja. Das steht in einem Gesetz.",
}
WITHOUT = {
    "appointment": "Aber ohne Namen und Telefon-Nummer können wir keinen Termin machen.",
    "enquiry": "Aber dann können wir Ihnen nicht antworten.",
    "fair": "Aber dann können wir uns nach der Messe nicht bei Ihnen melden.",
    "contract": "Ohne die Daten können wir nicht für Sie arbeiten.",
    "advertising": "Dann bekommen Sie keine Werbung. Sonst passiert nichts.",
    "bought_addresses": "",
    "referral": "",
}
TEXTS = {
    "13.1.a": "Wir sind die Firma {name}. Unsere Adresse ist: {address}{representative}. Sie "
    "erreichen uns {contact}.",
    "13.1.b": "{officer} erreichen Sie hier: {officer_contact}.",
    "13.1.c": "{aim} Wir dürfen das, denn: {bases}.",
    "13.1.d": "Unser Grund ist: {interests}.",
    "13.1.e": "Diese Firmen helfen uns und bekommen Daten: {recipients}.",
    "13.1.f": "{transfers}",
    "13.2.a": "So lange heben wir Daten auf. {periods}.",
    "13.2.b": "{rights} Sagen Sie es uns: {contact}.",
    "13.2.c": "Ja. Sagen Sie es uns einfach: {contact}. Sie müssen nicht sagen, warum. Was vorher "
    "war, bleibt erlaubt.",
    "13.2.d": "Es gibt ein Amt für den Datenschutz. Dort können Sie sich beschweren{authority}.",
    "13.2.e": "{obligation} {without}",
    "13.2.f": "{logic} {consequences}",
    "14.1.d": "Das wissen wir von Ihnen: {data}.",
    "14.2.f": "Wir haben die Daten {sources}.",
    "21.4": "Sie wollen das nicht? Dann sagen Sie Nein.{marketing} Sagen Sie es uns: {contact}. "
    "Das kostet nicht mehr als die Nachricht.",
}
REPRESENTATIVE = ". Der Chef oder die Chefin ist: {representative}"
OFFICER = "Die Person für den Datenschutz"
AUTHORITY = ": {authority}"
MARKETING = " Sie bekommen dann keine Werbung mehr. Sie müssen nicht sagen, warum."
BY_EMAIL, BY_PHONE = "mit einer E‑Mail an {email}", "am Telefon unter {phone}"
TRANSFER = (
    "Eine Firma heißt {name}. Sie hilft uns bei: {category}. Ihre Daten sind dann auch in "
    "{country}. {safeguard}{copy}"
)
ELSEWHERE = "einem Land außerhalb der EU ({code})"

OPENING = ""
SPOKEN = {
    "13.1.a": "Wir sind die Firma {name}.",
    "13.1.b": "Für den Datenschutz gibt es eine neue Person.",
    "13.1.c": "{asked} {short_aim}",
    "13.1.d": "Unser Grund ist: {interests}.",
    "13.1.e": "Daten bekommen auch: {recipient_kinds}.",
    "13.1.f": "{abroad}",
    "13.2.a": "So lange heben wir Daten auf. {periods}.",
    "13.2.b": "Sie dürfen fragen: Was wissen Sie über mich? Sie dürfen sagen: Löschen Sie das.",
    "13.2.c": "Sie haben Ja gesagt. Sie dürfen später Nein sagen.",
    "13.2.d": "Sie können sich bei einem Amt beschweren.",
    "13.2.e": "{obligation}",
    "13.2.f": "{logic}",
    "14.1.d": "Das wissen wir von Ihnen: {data}.",
    "14.2.f": "Wir haben die Daten {sources}.",
    "21.4": "Sie dürfen immer sagen: Ich will das nicht.",
}
IN_CITY = ""
ABROAD = "Eine Firma hilft uns bei: {category}. Die Firma ist in {country}."
ABROAD_CALENDAR = "Unser Kalender ist bei einer Firma in {country}."
ASKED = {
    "appointment": "Wir schreiben Ihren Namen auf. Wir schreiben Ihre Telefon-Nummer auf.",
    "enquiry": "Wir schreiben Ihren Namen auf. Wir schreiben Ihre Telefon-Nummer auf.",
    "fair": "Wir schreiben auf, was Sie uns auf der Messe sagen.",
    "contract": "Wir schreiben Ihre Daten auf.",
    "advertising": "Wir schreiben Ihre Daten auf.",
    "bought_addresses": "Wir haben Ihre Daten aufgeschrieben.",
    "referral": "Wir haben Ihre Daten aufgeschrieben.",
}
REST = {
    "email": "Mehr schicken wir Ihnen mit einer E‑Mail. Oder Sie lesen hier: {link}.",
    "sms": "Mehr schicken wir Ihnen mit einer SMS. Oder Sie lesen hier: {link}.",
    "letter": "Mehr steht in einem Brief. Den Brief schicken wir Ihnen. Oder Sie lesen hier: "
    "{link}.",
    "": "Mehr lesen Sie hier: {link}.",
}
KNOWN = "Sie haben am {day} schon alles zum Datenschutz bekommen. Es ist gleich geblieben."
SINCE = "Sie haben am {day} schon etwas zum Datenschutz bekommen. Das ist neu:"
OWN_SOURCE = "Wir haben Ihre Daten von: {source}. Wir haben sie am {day} bekommen."
HEADING = "Datenschutz"
MAIL = "Guten Tag,\n\nhier lesen Sie: Was machen wir mit Ihren Daten? Es geht um: {purpose}."
NEW = "neu"
READ_AT = "Das können Sie auch hier lesen: {link}"
VERSION = "Fassung {number} vom {day}"
TEXT_MESSAGE = "{name}: Was machen wir mit Ihren Daten? Das lesen Sie hier: {link}"
REASONS = {
    "no_officer": "Dafür gibt es bei uns keine besondere Person.",
    "no_interests": "Das brauchen wir hier nicht.",
    "no_recipients": "Niemand sonst bekommt die Daten.",
    "no_transfer": "Nein. Die Daten bleiben in der Europäischen Union.",
    "no_consent": "Dafür brauchen wir kein Ja von Ihnen.",
    "no_automated": "Nein.",
}
