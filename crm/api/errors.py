"""One shape for every refusal: code, message, field, errors by field, data."""

from typing import Any

from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm.kernel import audit, collisions, errors

STATUS: tuple[tuple[type[errors.DomainError], int], ...] = (
    (errors.NotFound, status.HTTP_404_NOT_FOUND),
    (errors.NotPermitted, status.HTTP_403_FORBIDDEN),
    (errors.Conflict, status.HTTP_409_CONFLICT),
    (errors.Invalid, status.HTTP_400_BAD_REQUEST),
)


class ProblemSerializer(serializers.Serializer):
    """What every answer from 400 on looks like."""

    code = serializers.CharField(help_text="Stable, kebab-case.")
    message = serializers.CharField(help_text="A sentence for people, in the user's language.")
    field = serializers.CharField(allow_blank=True, help_text="The input it is about.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Sentences by input.",
    )
    data = serializers.DictField(help_text="Details for programs.")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: domain errors and DRF's own errors in the same shape."""
    error = collisions.conflict_of(error) or error
    if isinstance(error, errors.DomainError):
        return Response(_problem(error), status=_status(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        by_field = _flat(error.detail)
        first = next((texts[0] for texts in by_field.values() if texts), "")
        response.data = _shape("invalid", first, next(iter(by_field), ""), by_field)
    else:
        detail = getattr(error, "detail", str(error))
        code = getattr(detail, "code", "error").replace("_", "-")
        response.data = _shape(code, str(detail), "", {})
    return response


def _status(error: errors.DomainError) -> int:
    for kind, code in STATUS:
        if isinstance(error, kind):
            return code
    return status.HTTP_422_UNPROCESSABLE_ENTITY


def _problem(error: errors.DomainError) -> dict[str, Any]:
    by_field = error.errors if isinstance(error, errors.Invalid) else {}
    data = audit.jsonable(error.data)
    return _shape(error.code, str(error.message), error.field, by_field, data)


def _shape(
    code: str,
    message: str,
    field: str,
    by_field: dict[str, list[str]],
    data: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "code": code,
        "message": message,
        "field": field,
        "errors": by_field,
        "data": data or {},
    }


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested errors as ``{"address.city": ["…"]}``."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, item in detail.items():
            inner = "" if name == "non_field_errors" else str(name)
            found |= _flat(item, f"{path}.{inner}".strip("."))
        return found
    if isinstance(detail, list) and any(isinstance(item, (dict, list)) for item in detail):
        return {
            k: v for n, item in enumerate(detail) for k, v in _flat(item, f"{path}.{n}").items()
        }
    texts = detail if isinstance(detail, list) else [detail]
    return {path: [str(text) for text in texts]}
