"""``/sign-up-forms``: the public forms of consent texts, for websites that show their own."""

from typing import Final

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from consent.notices.rules.facts import LANGUAGES
from consent.optin import Press, entering, sign_up_forms
from consent.optin.entering import Entry
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock

TAG = "Consents"
MOST_SHOWN: Final = 100_000


class SignUpFormSerializer(serializers.Serializer):
    """What a website has to show: the whole text as it was published, and where the notice is."""

    code = serializers.CharField(source="form.code")
    text = serializers.UUIDField(source="text.public_id")
    language = serializers.CharField(source="text.language")
    version = serializers.IntegerField(source="text.version")
    title = serializers.CharField(source="text.title")
    body = serializers.CharField(source="text.body")
    controller = serializers.CharField(source="text.controller.name")
    purposes = serializers.ListField(child=serializers.CharField(), source="text.purposes")
    published_at = serializers.DateTimeField(source="text.published_at")
    sha256 = serializers.CharField(source="text.sha256")
    notice_url = serializers.CharField()


class SignUpFormChange(serializers.Serializer):
    """Whether the form takes entries."""

    is_open = serializers.BooleanField()


class SignUpFormState(serializers.Serializer):
    """The form, and whether it takes entries."""

    code = serializers.CharField()
    is_open = serializers.BooleanField()


class SignUpInput(serializers.Serializer):
    """What somebody entered on a website. ``text`` is the version that was shown, ``agrees`` that
    its box was ticked by hand; ``address``, ``agent`` and ``page`` say from where, ``shown`` is the
    form as it was to be seen (HTML), ``language`` that of the notice."""

    text = serializers.UUIDField()
    email = serializers.CharField(max_length=254)
    agrees = serializers.BooleanField()
    name = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=LANGUAGES, required=False, default="de")
    address = serializers.IPAddressField(required=False, allow_blank=True, default="")
    agent = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    page = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    shown = serializers.CharField(
        max_length=MOST_SHOWN, required=False, allow_blank=True, default="", trim_whitespace=False
    )


class SignUpTaken(serializers.Serializer):
    """The same for every address: ``id`` is what the request is called in its proof."""

    id = serializers.UUIDField()


class SignUpForms(View):
    """The forms that are open."""

    @describe(
        tag=TAG,
        returns=SignUpFormSerializer(many=True),
        refuses=(401, 403),
        operation_id="sign_up_form_list",
    )
    def get(self, request: Request) -> Response:
        """List what they show, one for each language."""
        policy.require(self.user, Permission.CONSENT_VIEW)
        return Response(SignUpFormSerializer(sign_up_forms.offers(), many=True).data)


class SignUpFormDetail(View):
    """One form, by the code of its text."""

    @describe(
        tag=TAG,
        body=SignUpInput,
        returns=SignUpTaken,
        status=202,
        refuses=(400, 401, 403, 404),
        operation_id="sign_up",
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter somebody: whoever has the mailbox is asked to confirm."""
        policy.require(self.user, Permission.CONSENT_RECORD)
        body = self.read(SignUpInput)
        press = Press(
            address=body.pop("address"), agent=body.pop("agent"), form=body.pop("page") or "api"
        )
        made = entering.enter(
            actor=self.user, code=code, entry=Entry(**body), press=press, at=clock.now()
        )
        return Response({"id": made}, status=status.HTTP_202_ACCEPTED)

    @describe(
        tag=TAG,
        body=SignUpFormChange,
        returns=SignUpFormState,
        refuses=(400, 401, 403, 404),
        operation_id="sign_up_form_change",
    )
    def patch(self, request: Request, code: str) -> Response:
        """Open or close it."""
        policy.require(self.user, Permission.CONSENT_MANAGE)
        is_open = self.read(SignUpFormChange)["is_open"]
        text = sign_up_forms.newest(code)
        if is_open:
            sign_up_forms.open_for(actor=self.user, text=text, at=clock.now())
        else:
            sign_up_forms.close(actor=self.user, text=text, at=clock.now())
        return Response({"code": code, "is_open": is_open})
