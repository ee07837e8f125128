"""A visitor turns out to be somebody who is known: two records become one, both sources stay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access as contacts
from contacts import merging
from contacts.models import Merge, Person
from crm.accounts.models import User
from history.fairs import writing
from history.models import LeadCapture


@transaction.atomic
def join(
    *, actor: User, lead: LeadCapture, person: Person, version: int | None = None, at: datetime
) -> Merge:
    """Add the visitor to ``person``: what was captured stands there afterwards, and the merge can
    be undone as any other.

    :raises errors.NotPermitted: the role may not merge
    :raises errors.NotFound: the actor may not see one of them
    :raises errors.Conflict: somebody saved the lead since ``version`` was read
    :raises errors.Invalid: nobody is named on the slip yet
    :raises merging.refusals.MergeRefused: it is the same record, or they were said to differ
    """
    lead = writing.locked(actor=actor, lead=lead, version=version)
    visitor = writing.require_named(lead)
    return merging.merge(
        actor=actor,
        survivor=contacts.person_for(user=actor, public_id=person.public_id),
        others=[contacts.person_for(user=actor, public_id=visitor.public_id)],
        reason=_("Messe: %(event)s") % {"event": lead.event},
        at=at,
    )
