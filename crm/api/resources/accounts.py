"""``/me``, ``/users``, ``/teams``: who works here (reading; changes are made on screen)."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.api.base import View, describe

TAG = "Accounts"


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A team."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Team
        fields = ("id", "name", "is_active")


class UserSerializer(serializers.ModelSerializer[User]):
    """A user as colleagues see it."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "first_name", "last_name", "is_active")


class MeSerializer(UserSerializer):
    """The acting user with roles, permissions and visibility."""

    roles = serializers.SerializerMethodField()
    permissions = serializers.SerializerMethodField()
    visibility = serializers.CharField(source="access.visibility", help_text="OWN, TEAM or ALL")
    teams = TeamSerializer(many=True)

    class Meta(UserSerializer.Meta):
        fields = (*UserSerializer.Meta.fields, "roles", "permissions", "visibility", "teams")

    def get_roles(self, user: User) -> list[str]:
        return [role.code for role in user.roles.all()]

    def get_permissions(self, user: User) -> list[str]:
        return sorted(permission.value for permission in user.access.permissions)


class Me(View):
    """The acting user."""

    @describe(tag=TAG, returns=MeSerializer, refuses=(401,))
    def get(self, request: Request) -> Response:
        """Who am I, and what may I do?"""
        return Response(MeSerializer(self.user).data)


class Users(View):
    """All active users."""

    @describe(tag=TAG, returns=UserSerializer(many=True), refuses=(401, 403))
    def get(self, request: Request) -> Response:
        """List those to whom records can belong."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        return Response(UserSerializer(User.objects.filter(is_active=True), many=True).data)


class Teams(View):
    """All teams."""

    @describe(tag=TAG, returns=TeamSerializer(many=True), refuses=(401, 403))
    def get(self, request: Request) -> Response:
        """List the teams."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        return Response(TeamSerializer(Team.objects.all(), many=True).data)
