"""Signs for kinds of contact points, signs and words for topics."""

from contacts.act_kinds import WORDS, Kind
from contacts.change_topics import Topic
from contacts.models import ContactPointKind

KIND_ICONS = {
    ContactPointKind.EMAIL: "mail",
    ContactPointKind.PHONE: "phone",
    ContactPointKind.MOBILE: "mobile",
    ContactPointKind.FAX: "fax",
    ContactPointKind.POSTAL: "letter",
    ContactPointKind.MESSENGER: "chat",
    ContactPointKind.SOCIAL: "link",
}
TOPICS = {
    Topic.RECORD: ("note", WORDS[Kind.RECORD]),
    Topic.REACH: ("phone", WORDS[Kind.REACH]),
    Topic.ROLES: ("company", WORDS[Kind.ROLES]),
    Topic.QUALIFICATION: ("task", WORDS[Kind.QUALIFICATION]),
    Topic.CONFIRMATION: ("check", WORDS[Kind.CONFIRMATION]),
    Topic.IMPORT: ("import", WORDS[Kind.IMPORT]),
}
