"""Customers of the ERP, and files taken over in this process."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from contacts import companies
from contacts.models import Company, Source
from crm.accounts.models import User
from history.commerce import takeovers
from history.models import Takeover, TakeoverKind

TakeOver = Callable[..., Takeover]


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def make_company(admin: User, source: Source, at: datetime) -> Callable[..., Company]:
    """``make_company("Havelberg Anlagenbau", erp_number="10482")``."""

    def make(name: str, **values: Any) -> Company:
        place = {key: values.pop(key) for key in ("owner", "team") if key in values}
        return companies.create(
            actor=admin, values={"name": name, **values}, source=source, at=at, **place
        )

    return make


@pytest.fixture
def havelberg(make_company: Callable[..., Company]) -> Company:
    return make_company("Havelberg Anlagenbau", erp_number="10482")


@pytest.fixture
def take_over(admin: User, at: datetime) -> TakeOver:
    """``take_over("Auftragsnummer;…\\n…", kind=TakeoverKind.LINES)``: the file's take-over."""

    def make(
        content: str | bytes,
        kind: str = TakeoverKind.ORDERS,
        *,
        actor: User | None = None,
        file_name: str = "auftraege.csv",
        is_dry_run: bool = False,
        columns: Any = None,
        later: Any = None,
    ) -> Takeover:
        who, when = actor or admin, later or at
        data = content.encode() if isinstance(content, str) else content
        takeover = takeovers.upload(
            actor=who, kind=kind, file=BytesIO(data), file_name=file_name, at=when
        )
        if columns is not None:
            takeover = takeovers.configure(actor=who, takeover=takeover, chosen=columns, at=when)
        takeover.is_dry_run = is_dry_run
        return takeovers.work(takeover=takeover, actor=who, at=when)

    return make
