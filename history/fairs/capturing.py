"""Slips arrive from devices, are announced by visitors, and completed at the desk."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from history.models import CaptureDevice, LeadCapture


def announce(
    *,
    device: CaptureDevice,
    client_id: UUID,
    device_at: datetime,
    values: Mapping[str, str],
    at: datetime,
) -> LeadCapture:
    """The lead that a visitor's link speaks of, made (``ANNOUNCED``) if its slip is still to come.

    ``values`` are what the link carries: ``name``, ``company_name``, ``email``, ``phone``,
    ``mobile``. Person and contact points are made as by an arriving slip; a lead that is there
    already keeps what it says, and gets a person if it has none and can have one.
    """
    raise NotImplementedError
