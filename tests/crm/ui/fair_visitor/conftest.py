"""The cast of a fair."""

from tests.consent_cast import _files_of_their_own, codes_sent, controller, published  # noqa: F401
from tests.visitor_cast import client_id, device, fair, token_for  # noqa: F401
