"""The trade of the demo company, brought in as its ERP would bring it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from contacts.models import Company
from crm.accounts.models import User
from crm.demo import trade
from history.commerce import takeovers
from history.models import Takeover, TakeoverState


def bring_in(*, folder: Path, actor: User, clock: Callable[[], datetime]) -> int:
    """Write the files and take them over, as far as that was not done; returns their rows."""
    numbers = Company.objects.exclude(erp_number="").values_list("erp_number", flat=True)
    paths = trade.write(folder, customers=numbers, today=clock().date())
    rows = 0
    for kind, path in paths.items():
        done = Takeover.objects.filter(kind=kind, file_name=path.name, state=TakeoverState.DONE)
        if done.exists():
            continue
        with path.open("rb") as file:
            takeover = takeovers.upload(
                actor=actor, kind=kind, file=file, file_name=path.name, at=clock()
            )
        rows += takeovers.work(takeover=takeover, actor=actor, at=clock()).rows
    return rows
