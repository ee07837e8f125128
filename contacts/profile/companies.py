"""The profile of a company."""

from datetime import datetime

from contacts import completeness
from contacts.models import Company
from contacts.profile import roles, whole
from contacts.profile.whole import Profile
from crm.accounts.models import User

MOST_SUBSIDIARIES = 30


def of_company(*, user: User, company: Company, at: datetime) -> Profile:
    """The profile of a company that the user may see (at most 14 queries)."""
    profile = whole.read(company, user=user, at=at)
    profile.roles, profile.more = roles.at_company(company, user=user, on=profile.on)
    below = Company.objects.visible_to(user).filter(parent=company)
    profile.subsidiaries = list(below[:MOST_SUBSIDIARIES])
    if company.parent_id:
        profile.parent_is_open = bool(roles.visible_companies(user, [company.parent_id]))
    reached = whole.reached_by(profile)
    parts = completeness.company_parts(
        legal_form=company.legal_form,
        has_address=reached["address"],
        has_phone=reached["phone"],
        has_email_or_website=reached["email"] or bool(company.website),
        has_number=bool(company.vat_id or company.erp_number),
        has_industry=bool(company.industry_codes),
    )
    return whole.finish(profile, parts)
