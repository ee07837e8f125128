"""Everything the page of one person or company shows, read in a constant number of queries."""

from contacts.profile.companies import of_company
from contacts.profile.origins import Origin, origin_of
from contacts.profile.persons import of_person
from contacts.profile.reach import Place, Point
from contacts.profile.replies import Former, Reply
from contacts.profile.roles import Role
from contacts.profile.shares import Share
from contacts.profile.whole import Profile

__all__ = [
    "Former",
    "Origin",
    "Place",
    "Point",
    "Profile",
    "Reply",
    "Role",
    "Share",
    "of_company",
    "of_person",
    "origin_of",
]
