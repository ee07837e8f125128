"""Notices in English; the same names as in :mod:`consent.notices.rules.words_de`."""

AND, OR = "and", "or"

TITLES = {
    "13.1.a": "Who is responsible",
    "13.1.b": "Data-protection officer",
    "13.1.c": "What for and on what basis",
    "13.1.d": "Our legitimate interests",
    "13.1.e": "Who receives your data",
    "13.1.f": "Countries outside the EU",
    "13.2.a": "How long we keep it",
    "13.2.b": "Your rights",
    "13.2.c": "Withdrawing your consent",
    "13.2.d": "Complaints",
    "13.2.e": "Whether you have to provide the data",
    "13.2.f": "Automated decisions",
    "14.1.d": "Which data we have",
    "14.2.f": "Where we have your data from",
    "21.4": "Your right to object",
}
PURPOSES = {
    "appointment": "Appointments",
    "enquiry": "Enquiries",
    "fair": "Talks at trade fairs",
    "contract": "Orders and contracts",
    "advertising": "Advertising",
    "bought_addresses": "Advertising to bought addresses",
    "referral": "Referrals",
}
AIMS = {
    "appointment": "arrange an appointment with you, reach you about it, prepare it and follow it "
    "up",
    "enquiry": "answer your enquiry and reach you about it",
    "fair": "note what we talked about at the stand (also with a photo of your business card and "
    "with voice notes that we record afterwards), answer your enquiry and reach you about it",
    "contract": "make offers, carry out your order and invoice it",
    "advertising": "send you news and offers on our products and services or call you about them, "
    "as far as that is allowed",
    "bought_addresses": "send you offers on our products and services by letter",
    "referral": "get in touch on the strength of the referral, as far as that is allowed",
}
SHORT_AIMS = {
    "appointment": "to arrange the appointment and to reach you about it",
    "enquiry": "to answer your enquiry",
    "fair": "to answer your enquiry at the stand",
    "contract": "to carry out your order",
    "advertising": "to make you offers",
    "bought_addresses": "to make you offers",
    "referral": "to get in touch on the strength of the referral",
}
BASES = {
    "6.1.a": "your consent (Art. 6(1)(a) GDPR)",
    "6.1.b": "contract and steps before it (Art. 6(1)(b) GDPR)",
    "6.1.c": "legal obligations (Art. 6(1)(c) GDPR)",
    "6.1.d": "vital interests (Art. 6(1)(d) GDPR)",
    "6.1.e": "tasks in the public interest (Art. 6(1)(e) GDPR)",
    "6.1.f": "our legitimate interests (Art. 6(1)(f) GDPR)",
}
INTERESTS = {
    "direct_marketing": "advertising our products and services",
    "planning": "planning jobs and routes sensibly",
    "legal_claims": "defending ourselves against claims and asserting our own",
    "security": "protecting our systems from misuse",
    "follow_up": "following up a hint that you are interested",
    "group": "working together within our group of companies",
}
DATA = {
    "name": "name and form of address",
    "phone": "phone numbers",
    "email": "e-mail addresses",
    "address": "postal address",
    "company": "company and your role there",
    "appointment": "time, place and reason of appointments",
    "notes": "notes on conversations",
    "contract": "offers, orders and invoices",
    "origin": "where the address comes from",
}
CATEGORIES = {
    "calendar": "appointment calendar",
    "hosting": "running our servers",
    "mail": "sending e-mails",
    "sms": "sending text messages",
    "telephony": "telephone system",
    "field_service": "work on site",
    "lettershop": "printing and posting letters",
    "payment": "payments",
    "tax_adviser": "tax advice",
    "group": "company of our group",
    "partner": "cooperation partner",
    "authority": "authority",
}
KEPT = {
    "appointment": "data on the appointment",
    "enquiry": "enquiries",
    "contract": "data on the contract",
    "trade_letter": "business letters",
    "voucher": "invoices and other records",
    "advertising": "data for advertising",
    "phone_consent_proof": "proof of consent to calls",
    "consent_proof": "proof of other consent",
    "bought_address": "bought addresses that are not used",
    "notice_log": "proof that we informed you",
}
STARTS = {
    "collection": "from collection",
    "process": "after the matter is closed",
    "relation": "after the end of the business relationship",
    "year_end": "from the end of the calendar year",
    "use": "from the last use",
    "objection": "until you object or withdraw",
}
PERIOD, UNTIL = "{kind} for {length} {start}", "{kind} {start}"
MONTHS, YEARS = ("one month", "{n} months"), ("one year", "{n} years")
RIGHTS = {
    "access": "access (Art. 15 GDPR)",
    "rectification": "rectification (Art. 16)",
    "erasure": "erasure (Art. 17)",
    "restriction": "restriction of processing (Art. 18)",
    "portability": "portability of your data (Art. 20)",
    "objection": "objection (Art. 21)",
}
SAFEGUARDS = {
    "adequacy": "The European Commission has found the level of protection there adequate.",
    "privacy_framework": "The European Commission has found the level of protection adequate for "
    "certified companies (EU-US Data Privacy Framework).",
    "clauses": "Standard contractual clauses of the European Commission apply.",
    "corporate_rules": "Binding corporate rules apply.",
}
COPY_AT = " You get a copy here: {copy_at}."
COPY_FROM_US = " We send you a copy on request."
SOURCES = {
    "supplier": "from an address supplier",
    "public": "from publicly accessible sources",
    "third_person": "from somebody who referred you to us",
    "list": "from a list that a business partner gave us",
}
OBLIGATIONS = {
    "voluntary": "Providing the data is voluntary.",
    "contract": "The data are needed to conclude or carry out the contract.",
    "statutory": "You are obliged by law to provide these data.",
}
WITHOUT = {
    "appointment": "Without a name and a way to reach you we cannot arrange an appointment.",
    "enquiry": "Without a way to reach you we cannot answer.",
    "fair": "Without a way to reach you we cannot get in touch after the fair.",
    "contract": "Without them we cannot carry out your order.",
    "advertising": "Without them we send you no offers; there are no other consequences.",
    "bought_addresses": "",
    "referral": "",
}
TEXTS = {
    "13.1.a": "{name}, {address}{representative}, is responsible. You can reach us {contact}.",
    "13.1.b": "You can reach {officer} here: {officer_contact}.",
    "13.1.c": "We process your data to {aim}. Basis: {bases}.",
    "13.1.d": "We have a legitimate interest in {interests}.",
    "13.1.e": "As far as they need them, your data go to: {recipients}.",
    "13.1.f": "{transfers}",
    "13.2.a": "We keep {periods}.",
    "13.2.b": "You have rights towards us: {rights}. A message {contact} is enough.",
    "13.2.c": "You can withdraw your consent at any time, without reasons, {contact}. What was "
    "done on its basis until then remains lawful.",
    "13.2.d": "You can complain to a data-protection supervisory authority{authority}.",
    "13.2.e": "{obligation} {without}",
    "13.2.f": "{logic} {consequences}",
    "14.1.d": "We process: {data}.",
    "14.2.f": "We have your data {sources}.",
    "21.4": "You can object to the processing of your data at any time.{marketing} A message "
    "{contact} is enough; it costs nothing but its transmission.",
}
REPRESENTATIVE = ", represented by {representative}"
OFFICER = "our data-protection officer"
AUTHORITY = "; the one in charge of us is: {authority}"
MARKETING = (
    " If you object to advertising, we no longer use your data for advertising nor for any "
    "profiling for it; you need no reasons."
)
BY_EMAIL, BY_PHONE = "by e-mail at {email}", "by phone on {phone}"
TRANSFER = "{name} ({category}) also processes your data in {country}. {safeguard}{copy}"
COUNTRIES = {
    "US": "the USA", "GB": "the United Kingdom", "CH": "Switzerland", "CA": "Canada", "IN": "India",
    "IL": "Israel", "JP": "Japan", "KR": "South Korea", "NZ": "New Zealand", "AU": "Australia",
    "TR": "Türkiye", "UA": "Ukraine", "CN": "China", "SG": "Singapore", "BR": "Brazil",
}  # fmt: skip
ELSEWHERE = "a country outside the EU ({code})"

OPENING = "A short note on data protection:"
SPOKEN = {
    "13.1.a": "{name}{city} is responsible.",
    "13.1.b": "There is a new data-protection officer; you reach them at {officer_contact}.",
    "13.1.c": "We store {asked} {short_aim}.",
    "13.1.d": "We have a legitimate interest in {interests}.",
    "13.1.e": "Your data also go to: {recipient_kinds}.",
    "13.1.f": "{abroad}",
    "13.2.a": "We keep {periods}.",
    "13.2.b": "You can ask for access, correction or deletion at any time.",
    "13.2.c": "You can withdraw your consent at any time.",
    "13.2.d": "You can complain to a supervisory authority.",
    "13.2.e": "{obligation}",
    "13.2.f": "{logic}",
    "14.1.d": "We process: {data}.",
    "14.2.f": "We have your data {sources}.",
    "21.4": "You can object at any time.",
}
IN_CITY = " in {city}"
ABROAD = "The service for {category} runs in {country}."
ABROAD_CALENDAR = "Our appointment calendar runs with a provider in {country}."
ASKED = {
    "appointment": "your name and phone number",
    "enquiry": "your name and phone number",
    "fair": "what you tell us at the stand",
    "contract": "your data",
    "advertising": "your data",
    "bought_addresses": "your data",
    "referral": "your data",
}
REST = {
    "email": "I will gladly send you the full information by e-mail; it is also at {link}. Where "
    "shall I send it?",
    "sms": "I will gladly send you the full information as a text message with a link; it is also "
    "at {link}. May I send it to this number?",
    "letter": "I will gladly send you the full information by post; it is also at {link}. Where "
    "shall I send it?",
    "": "You find the full information at {link}.",
}
KNOWN = "You received our data-protection information on {day}; nothing has changed since."
SINCE = "You received our information on {day}. This is new:"
OWN_SOURCE = "We have your data from: {source}, received on {day}."
HEADING = "Data-protection information"
MAIL = "Hello,\n\nhere is our information on how we process your data ({purpose})."
NEW = "new"
READ_AT = "This information on the web: {link}"
VERSION = "Version {number} of {day}"
TEXT_MESSAGE = "{name}: our data-protection information on {purpose}: {link}"
REASONS = {
    "no_officer": "No data-protection officer is designated.",
    "no_interests": "The processing does not rest on legitimate interests.",
    "no_recipients": "The data go to nobody outside.",
    "no_transfer": "The data do not leave the EU.",
    "no_consent": "The processing does not rest on consent.",
    "no_automated": "Nothing is decided automatically.",
}
