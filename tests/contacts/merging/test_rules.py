"""A model that points at persons or companies says what a merge does with its rows."""

import pytest
from django.apps import apps
from django.db import models

from contacts.merging.links import links_to, pointing_at
from contacts.models import Company, CompanySignature, MergeMember, Person, PersonSignature
from crm.kernel import personal_data
from crm.kernel.personal_data import Declaration, Erasure, Merging

DERIVED_OR_JOURNAL = {PersonSignature, CompanySignature, MergeMember}  # the only ones that stay


def unruled(model: type[models.Model]) -> list[str]:
    """The foreign keys to a record for which no rule says where their rows go."""
    declared = {each.model: each for each in personal_data.declarations()}
    return [
        f"{model._meta.label}.{field.name}"
        for record in (Person, Company)
        for field in pointing_at(model, record)
        if model not in declared
        or declared[model].merging_of(field.name) not in (Merging.MOVE, Merging.UNITE)
        if model not in DERIVED_OR_JOURNAL
    ]


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_foreign_key_to_a_record_has_a_rule(model: type[models.Model]) -> None:
    assert unruled(model) == []


def test_a_new_model_without_a_rule_is_noticed() -> None:
    class Note(models.Model):  # noqa: DJ008
        person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "contacts"
            managed = False

    try:
        assert unruled(Note) == ["contacts.Note.person"]
    finally:
        del apps.all_models["contacts"]["note"]
        apps.clear_cache()


def test_what_is_united_says_which_rows_are_equal() -> None:
    with pytest.raises(ValueError, match="must say which rows are equal"):
        personal_data.declare(
            Declaration(
                model=PersonSignature.__base__,  # type: ignore[arg-type]  # any undeclared one
                data_kind="",
                subject=(),
                retention="",
                exported=(),
                erasure=Erasure.DELETE,
                merging=Merging.UNITE,
            )
        )


def test_folded_rows_are_named_by_nobody_else() -> None:
    """Otherwise a merge would delete what another table points at."""
    folding = {
        link.model
        for record in (Person, Company)
        for link in links_to(record)
        if link.uniting is not None
    }
    for model in folding:
        assert model._meta.related_objects == (), model._meta.label
