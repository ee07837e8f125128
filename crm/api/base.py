"""What all API views share: the acting user, the clock, and how refusals are documented."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from contacts import access, sources
from contacts.models import Company, Person, Source
from crm.accounts import policy
from crm.accounts.models import User
from crm.api import parsing
from crm.api.errors import ProblemSerializer
from crm.kernel import clock


class View(APIView):
    """Base of all views. ``self.user`` is logged in; ``writing`` is what every change needs, so
    that who may not write is told before the body is read."""

    writing: ClassVar[policy.Permission | None] = None
    parser_classes = [parsing.TextJSONParser, parsing.FilesParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks, that the role may write here, and that the address holds text only."""
        super().initial(request, *args, **kwargs)
        if self.writing and request.method not in SAFE_METHODS:
            policy.require(self.user, self.writing)
        parsing.require_storable(dict(request.query_params.lists()))

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def person(self, public_id: Any) -> Person:
        """The person of the address, if the user may see it."""
        return access.person_for(user=self.user, public_id=public_id)

    def company(self, public_id: Any) -> Company:
        """The company of the address, if the user may see it."""
        return access.company_for(user=self.user, public_id=public_id)

    def read(self, serializer: type[serializers.Serializer], *, partial: bool = False) -> Any:
        """The validated body; raises what becomes a 400."""
        bound = serializer(data=self.request.data, partial=partial)
        bound.is_valid(raise_exception=True)
        return dict(bound.validated_data)

    def source(self, body: dict[str, Any]) -> Source:
        """The source named in the body, else what is typed by hand."""
        return cast(Source, body.pop("source", None)) or sources.by_hand(at=clock.now())


class AnyAccept(DefaultContentNegotiation):
    """Whoever asks for a PDF gets it, and JSON where it is refused."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        """The first renderer, whatever `Accept` says."""
        return renderers[0], renderers[0].media_type


class FileView(View):
    """A view that answers with a file."""

    content_negotiation_class = AnyAccept


PROBLEMS = {
    400: OpenApiResponse(ProblemSerializer, description="An input is wrong."),
    401: OpenApiResponse(ProblemSerializer, description="Not logged in."),
    403: OpenApiResponse(ProblemSerializer, description="The role does not allow it."),
    404: OpenApiResponse(ProblemSerializer, description="Not there, or not visible."),
    409: OpenApiResponse(ProblemSerializer, description="Changed by somebody else."),
    422: OpenApiResponse(ProblemSerializer, description="Refused, with the reason."),
}


def describe(
    *,
    tag: str,
    returns: Any,
    body: Any = None,
    status: int = 200,
    refuses: tuple[int, ...] = (400, 401, 403, 404),
    **more: Any,
) -> Any:
    """Describe one operation in the OpenAPI document, refusals included.

    ``returns`` is what is answered, or for files that by media type.
    """
    answers: dict[Any, Any] = {status: returns}
    if isinstance(returns, dict):
        answers = {(status, media_type): each for media_type, each in returns.items()}
    answers |= {code: PROBLEMS[code] for code in refuses}
    return extend_schema(tags=[tag], request=body, responses=answers, **more)
