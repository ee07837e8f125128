"""The API keeps its promises: whatever fits the OpenAPI document gets an answer that fits it too.

Schemathesis makes the requests up, always the same ones; addresses name objects that are there.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.conf import LazySettings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from contacts import addresses, companies, contact_points, criteria, employments, external_ids
from crm.accounts import tokens
from crm.kernel import clock
from history import activities

EXAMPLES = 4
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def stock(admin, source, make_person, at) -> dict[str, Any]:
    """Words of addresses and what they stand for."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    company = companies.create(values={"name": "Havelberg GmbH"}, **known)
    person = make_person("Johannes", "Maier")
    for record in (person, company):
        contact_points.add(record=record, kind="EMAIL", value="m@h.example", **known)
        addresses.add(record=record, values=place, **known)
        external_ids.add(record=record, system="ERP", value="1", **known)
    employments.add(person=person, company=company, values={}, **known)
    for subject in ("PERSON", "COMPANY"):
        for type_, choices in (("TEXT", ()), ("NUMBER", ()), ("DATE", ()), ("CHOICES", ("A",))):
            label = f"{subject} {type_}"
            values = {"label": label, "subject": subject, "type": type_, "choices": choices}
            criteria.create(actor=admin, at=at, **values)
    planned = activities.plan(
        actor=admin, values={"subject": "Nachfassen", "due_at": clock.now()}, at=clock.now()
    )
    return {
        "persons": person,
        "companies": company,
        "sources": source,
        "activities": planned,
    }


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests stay within the transaction of the test, as Django's own test client does it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def aim(case: Any, stock: dict[str, Any]) -> None:
    """Let most addresses name something that is there."""
    record = stock.get(case.path.split("/")[3])
    drawn = case.path_parameters.get("public_id")
    if record is not None and drawn and UUID(str(drawn)).int % 5:
        case.path_parameters["public_id"] = str(record.public_id)
    part, name = case.path_parameters.get("part_id"), case.path.split("/")[-2]
    if part is not None and part % 5 and record is not None:
        rows = getattr(record, name.replace("-", "_"), None)
        case.path_parameters["part_id"] = rows.first().pk if rows and rows.first() else part
    if code := case.path_parameters.get("code"):
        subject = "company" if "/companies/" in case.path else "person"
        kinds = ("text", "number", "date", "choices")
        case.path_parameters["code"] = f"{subject}-{kinds[len(code) % 4]}"


@pytest.mark.usefixtures("_one_connection")
def test_the_document_is_kept(
    admin: Any, stock: dict[str, Any], at: Any, settings: LazySettings, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    _key, secret = tokens.create(actor=admin, user=admin, name="Test", at=at)
    headers = {"Authorization": f"Bearer {secret}"}
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers=headers
    )
    broken: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @BOUNDED
        @given(case=operation.as_strategy())
        def keeps(case: Any) -> None:
            aim(case, stock)
            case.call_and_validate(checks=CHECKS, headers=headers)

        try:
            keeps()
        except (Exception, FailureGroup) as error:  # one broken promise does not hide the others
            broken.append(f"{operation.label}: {error!r:.3000}")
    assert broken == []
