"""The profile of a person."""

from datetime import datetime

from contacts import completeness
from contacts.models import Person
from contacts.profile import roles, whole
from contacts.profile.whole import Profile
from crm.accounts.models import User


def of_person(*, user: User, person: Person, at: datetime) -> Profile:
    """The profile of a person that the user may see (at most 14 queries)."""
    profile = whole.read(person, user=user, at=at)
    profile.roles = roles.of_person(person, user=user, on=profile.on)
    if main := profile.main_role:
        company = main.employment.company_id
        profile.neighbours, profile.more = roles.colleagues(person, company, user=user)
    reached = whole.reached_by(profile)
    parts = completeness.person_parts(
        given_name=person.given_name,
        surname=person.surname,
        salutation=person.salutation,
        has_email=reached["email"],
        has_phone=reached["phone"],
        has_address=reached["address"],
        has_employment=any(
            role.employment.function and role.employment.ended_on is None for role in profile.roles
        ),
    )
    return whole.finish(profile, parts)
