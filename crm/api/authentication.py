"""``Authorization: Bearer ek_…`` for programs, the session cookie for screens."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from crm.accounts import tokens
from crm.accounts.models import User
from crm.kernel import clock
from history import telephony
from history.fairs import devices
from history.models import CaptureDevice, TelephoneSystem

KEYWORD = "Bearer"
DEVICE = "Device"


class TokenAuthentication(BaseAuthentication):
    """Authenticates by a key from :mod:`crm.accounts.tokens`."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != KEYWORD.lower():
            return None
        user = tokens.user_for(secret=words[1], at=clock.now()) if len(words) == 2 else None
        if user is None:
            raise AuthenticationFailed(_("Der Schlüssel gilt nicht."))
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the key."""

    target_class = "crm.api.authentication.TokenAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class TelephoneAuthentication(BaseAuthentication):
    """Authenticates a telephone system by its secret: in the header, or as ``?token=`` for those
    that know an address only. ``request.auth`` is the system."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, TelephoneSystem]:
        words = get_authorization_header(request).decode("latin-1").split()
        in_header = words[1] if len(words) == 2 and words[0].lower() == KEYWORD.lower() else ""
        system = telephony.system_of(in_header or request.query_params.get("token", ""))
        if system is None:
            raise AuthenticationFailed(_("Das Geheimnis der Telefonanlage gilt nicht."))
        return AnonymousUser(), system

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class TelephoneScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the secret of a telephone system."""

    target_class = "crm.api.authentication.TelephoneAuthentication"
    name = ["telephoneSecret", "telephoneToken"]

    def get_security_definition(self, auto_schema: object) -> list[dict[str, str]]:
        return [
            {"type": "http", "scheme": "bearer"},
            {"type": "apiKey", "in": "query", "name": "token"},
        ]


class DeviceAuthentication(BaseAuthentication):
    """Authenticates a device that captures at a fair: ``Authorization: Device ed_…``. The user is
    that of the device, ``request.auth`` the device."""

    def authenticate(self, request: Request) -> tuple[User, CaptureDevice] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != DEVICE.lower():
            return None
        try:
            secret = words[1] if len(words) == 2 else ""
            device = devices.device_for(secret=secret, at=clock.now())
        except devices.NotUsable as refusal:
            raise AuthenticationFailed(refusal.message, code=refusal.code) from refusal
        return device.user, device

    def authenticate_header(self, request: Request) -> str:
        return DEVICE


class DeviceScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the secret of a device."""

    target_class = "crm.api.authentication.DeviceAuthentication"
    name = "captureDevice"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Device ed_…`, from `POST /api/v1/capture/devices/`.",
        }
