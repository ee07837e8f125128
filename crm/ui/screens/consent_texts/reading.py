"""The text that an address names."""

from uuid import UUID

from consent.models import ConsentText
from crm.kernel import errors


def text_for(public_id: UUID) -> ConsentText:
    """The version with its controller.

    :raises errors.NotFound: there is none with this id
    """
    found = ConsentText.objects.select_related("controller").filter(public_id=public_id).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
