"""No model of Einklang may hold data without saying what they are and how they end."""

import pytest
from django.apps import apps
from django.db import models

from contacts.models import Company, Person
from crm.kernel import personal_data

OWN_APPS = {"kernel", "accounts", "contacts", "consent", "history", "ui", "api", "demo"}


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OWN_APPS and not model._meta.auto_created
    ]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_is_declared(model: type[models.Model]) -> None:
    assert personal_data.is_declared(model), f"Declare {model._meta.label} in personal_data.py."


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_what_points_at_a_contact_is_declared_as_personal(model: type[models.Model]) -> None:
    points_at_contact = any(
        field.is_relation and field.many_to_one and field.related_model in (Person, Company)
        for field in model._meta.get_fields()
    )
    if points_at_contact:
        assert personal_data.concerns_contacts(model)


def test_subjects_are_real_look_ups() -> None:
    for declaration in personal_data.declarations():
        if declaration.model._meta.label == "kernel.AuditEntry":
            continue  # refers to its object by type and number, not by foreign key
        for path in declaration.subject:
            declaration.model._default_manager.filter(
                **{f"{path}__isnull": False}
            ).query.sql_with_params()


def test_a_model_cannot_be_declared_twice() -> None:
    declaration = personal_data.declarations()[0]
    with pytest.raises(ValueError, match="declared twice"):
        personal_data.declare(declaration)
