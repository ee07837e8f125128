"""Serializer fields that several resources share."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contacts.models import Source
from crm.accounts.models import Team, User


class ByPublicId(serializers.SlugRelatedField):
    """A related object by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="public_id", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        try:
            return super().to_internal_value(data)
        except (TypeError, ValueError) as error:
            raise serializers.ValidationError(_("Das ist keine gültige Kennung.")) from error


@extend_schema_field({"type": "string", "format": "uuid"})
class SourceField(ByPublicId):
    """The source of what is written; must be in use."""

    def __init__(self, **kwargs: Any) -> None:
        queryset = Source.objects.filter(is_active=True)
        super().__init__(queryset=queryset, **kwargs)


@extend_schema_field({"type": "string", "format": "uuid"})
class UserField(ByPublicId):
    """An active user."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.filter(is_active=True), **kwargs)


@extend_schema_field({"type": "string", "format": "uuid"})
class TeamField(ByPublicId):
    """An active team."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.filter(is_active=True), **kwargs)
