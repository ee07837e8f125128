"""``/touchpoint-categories``: what contacts may be about."""

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock, errors
from history import categories
from history.models import Category

TAG = "History"


class CategorySerializer(serializers.ModelSerializer):
    """A category; ``parent`` is the number of the one it belongs to."""

    class Meta:
        model = Category
        fields = ["id", "name", "parent", "position", "is_active"]


class NewCategory(serializers.Serializer):
    """A further category, below a ``parent`` or at the top."""

    name = serializers.CharField(max_length=100)
    parent = serializers.IntegerField(required=False, allow_null=True, default=None)


class CategoryChange(serializers.Serializer):
    """What changes in a category."""

    name = serializers.CharField(max_length=100, required=False)
    position = serializers.IntegerField(min_value=0, max_value=999, required=False)
    is_active = serializers.BooleanField(required=False)


class Categories(View):
    """All of them."""

    writing = Permission.HISTORY_MANAGE

    @describe(tag=TAG, returns=CategorySerializer(many=True), refuses=(401, 403))
    def get(self, request: Request) -> Response:
        """List the categories, each below its parent."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        return Response(CategorySerializer(categories.every(), many=True).data)

    @describe(
        tag=TAG, body=NewCategory, returns=CategorySerializer, status=201, refuses=(400, 401, 403)
    )
    def post(self, request: Request) -> Response:
        """Create a category behind the others of its level."""
        body = self.read(NewCategory)
        made = categories.create(
            actor=self.user,
            name=body["name"],
            parent=sent(body["parent"], field="parent"),
            at=clock.now(),
        )
        return Response(CategorySerializer(made).data, status=status.HTTP_201_CREATED)


class CategoryDetail(View):
    """One category."""

    writing = Permission.HISTORY_MANAGE

    @describe(tag=TAG, body=CategoryChange, returns=CategorySerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Rename or move it, take it out of use or back."""
        changed = categories.update(
            actor=self.user,
            category=categories.category_for(pk),
            values=self.read(CategoryChange, partial=True),
            at=clock.now(),
        )
        return Response(CategorySerializer(changed).data)


def sent(number: int | None, *, field: str) -> Category | None:
    """The category that was sent, if one was.

    :raises errors.Invalid: there is none of this number
    """
    if number is None:
        return None
    try:
        return categories.category_for(number)
    except errors.NotFound as error:
        raise errors.Invalid({field: [error.message]}) from error
