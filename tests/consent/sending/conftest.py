"""The cast of the consent tests."""

from tests.consent_cast import (  # noqa: F401 - fixtures
    _files_of_their_own,
    codes_sent,
    controller,
    email,
    mobile,
    person,
    point_of,
    published,
)
