"""Text as people write it → one canonical form, or a reasoned refusal.

Every reader takes what stands in a cell or field and returns a frozen value; what cannot be
read raises :class:`Unreadable` with a code, a German sentence and, where there is one, a
proposal. All readers are idempotent: reading the result again gives the result.
"""

from contacts.matching.normalise.companies import CompanyName, company_name
from contacts.matching.normalise.company_words import (
    company_core,
    domain_core,
    is_freemail,
    is_role_mailbox,
)
from contacts.matching.normalise.countries import country
from contacts.matching.normalise.dates import birth_date
from contacts.matching.normalise.folding import fold, loose, sort_key, spellings
from contacts.matching.normalise.mailboxes import email, email_match_key
from contacts.matching.normalise.name_case import unshouted
from contacts.matching.normalise.persons import NameParts, name_fields, person_name
from contacts.matching.normalise.phones import Phone, phone, phone_text
from contacts.matching.normalise.postal_codes import Locality, postal_code, postal_code_city
from contacts.matching.normalise.streets import Street, street, street_key
from contacts.matching.normalise.titles import salutation
from contacts.matching.normalise.unreadable import Unreadable
from contacts.matching.normalise.vat import vat_id
from contacts.matching.normalise.websites import website

__all__ = [
    "CompanyName",
    "Locality",
    "NameParts",
    "Phone",
    "Street",
    "Unreadable",
    "birth_date",
    "company_core",
    "company_name",
    "country",
    "domain_core",
    "email",
    "email_match_key",
    "fold",
    "is_freemail",
    "is_role_mailbox",
    "loose",
    "name_fields",
    "person_name",
    "phone",
    "phone_text",
    "postal_code",
    "postal_code_city",
    "salutation",
    "sort_key",
    "spellings",
    "street",
    "street_key",
    "unshouted",
    "vat_id",
    "website",
]
