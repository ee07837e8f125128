"""Purposes to begin with: how most companies process what they are told. To be read and changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from consent.models import Controller, NoticePurpose, NoticeVersion
from consent.notices import configuring, versions
from crm.accounts.models import User

LOG = ("notice_log", 36, "year_end")
STARTERS: Mapping[str, Mapping[str, Any]] = {
    "appointment": {
        "legal_bases": ["6.1.b"],
        "data": ["name", "phone", "email", "address", "company", "appointment", "notes"],
        "periods": [("appointment", 6, "process"), LOG],
        "obligation": "voluntary",
    },
    "enquiry": {
        "legal_bases": ["6.1.b"],
        "data": ["name", "phone", "email", "company", "notes"],
        "periods": [("enquiry", 6, "process"), LOG],
        "obligation": "voluntary",
    },
    "fair": {
        "legal_bases": ["6.1.a", "6.1.b"],
        "data": ["name", "phone", "email", "company", "notes"],
        "periods": [
            ("enquiry", 6, "process"),
            ("phone_consent_proof", 60, "use"),
            ("consent_proof", 36, "year_end"),
            LOG,
        ],
        "obligation": "voluntary",
    },
    "contract": {
        "legal_bases": ["6.1.b", "6.1.c"],
        "data": ["name", "phone", "email", "address", "company", "contract", "notes"],
        "periods": [
            ("contract", 36, "year_end"),
            ("trade_letter", 72, "year_end"),
            ("voucher", 96, "year_end"),
            LOG,
        ],
        "obligation": "contract",
    },
    "advertising": {
        "legal_bases": ["6.1.a", "6.1.f"],
        "interests": ["direct_marketing"],
        "data": ["name", "phone", "email", "address", "company"],
        "periods": [
            ("advertising", 0, "objection"),
            ("phone_consent_proof", 60, "use"),
            ("consent_proof", 36, "year_end"),
            LOG,
        ],
        "obligation": "voluntary",
    },
    "bought_addresses": {
        "legal_bases": ["6.1.f"],
        "interests": ["direct_marketing"],
        "data": ["name", "address", "company", "origin"],
        "periods": [("bought_address", 3, "collection"), ("advertising", 0, "objection"), LOG],
        "sources": ["supplier", "list"],
    },
    "referral": {
        "legal_bases": ["6.1.f"],
        "interests": ["follow_up"],
        "data": ["name", "phone", "email", "company", "origin"],
        "periods": [("enquiry", 6, "process"), LOG],
        "sources": ["third_person", "public"],
    },
}


@transaction.atomic
def create(*, actor: User | None, controller: Controller, at: datetime) -> list[NoticePurpose]:
    """Set up the purposes that this controller has not yet."""
    rows = NoticePurpose.objects.filter(controller=controller)
    known = set(rows.values_list("code", flat=True))
    return [
        configuring.describe(actor=actor, controller=controller, purpose=code, at=at, **facts)
        for code, facts in STARTERS.items()
        if code not in known
    ]


@transaction.atomic
def draft_all(*, actor: User | None, controller: Controller, at: datetime) -> list[NoticeVersion]:
    """Draft the notice of every purpose that is set up and has none yet."""
    told = NoticeVersion.objects.filter(controller=controller).values_list("purpose", flat=True)
    rows = NoticePurpose.objects.filter(controller=controller).exclude(code__in=set(told))
    return [
        versions.draft(actor=actor, controller=controller, purpose=row.code, at=at) for row in rows
    ]
