"""Addresses below ``/api/v1/`` that do not exist: a problem in JSON, no page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.base import View
from crm.kernel import errors


class Nowhere(View):
    """404 whatever the method; 401 for those who are not logged in."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks, then say that nothing is here."""
        super().initial(request, *args, **kwargs)
        raise errors.NotFound

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str) -> Response:
        """Never reached."""
        raise errors.NotFound
