"""How an SMS leaves the house: over HTTP to a provider, or into a file where there is none."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.kernel import errors

TIMEOUT = 10.0  # seconds
MOST_READ = 64 * 1024  # bytes of an answer


class GatewayFailed(errors.DomainError):
    """The SMS was not taken."""

    code = "sms-not-sent"
    default_message = gettext_lazy(
        "Der SMS-Dienst hat die Nachricht nicht angenommen. Bitte versuchen Sie es später noch "
        "einmal oder fragen Sie Ihre Administration."
    )


class Gateway(Protocol):
    """Takes one message; ``number`` is E.164. Gives the provider's id of it."""

    def deliver(self, *, number: str, text: str) -> str: ...


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry number, text and key to an address that nobody configured."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """``POST url`` with ``{"to": "+49…", "text": "…", "reference": "…"}`` and a bearer token.

    Any answer 2xx counts as taken; its ``id`` or ``message_id`` is kept, else our reference.
    """

    url: str
    token: str

    def deliver(self, *, number: str, text: str) -> str:
        """Hand one message over.

        :raises GatewayFailed: not reachable, too slow, refused, or the token is wrong
        """
        reference = uuid4().hex
        body = json.dumps({"to": number, "text": text, "reference": reference}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = Request(self.url, data=body, headers=headers, method="POST")
        try:
            with _opener().open(request, timeout=TIMEOUT) as response:
                return _id_in(response.read(MOST_READ)) or reference
        except HTTPError as error:
            raise _refused(error.code) from error
        except TimeoutError as error:
            raise _slow() from error
        except (URLError, HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise _slow() from error
            raise GatewayFailed(
                _("Der SMS-Dienst %(host)s ist nicht erreichbar. Es wurde nichts gesendet.")
                % {"host": urlsplit(self.url).hostname}
            ) from error


@dataclass(frozen=True, slots=True)
class FileSink:
    """Writes each message to a file of its own: demo and tests send nothing."""

    folder: Path

    def deliver(self, *, number: str, text: str) -> str:
        """Write ``<time>-<id>.txt`` with the number in its first line."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}"
        (self.folder / f"{name}.txt").write_text(f"An: {number}\n\n{text}\n")
        return name


def configured() -> Gateway:
    """The gateway of the installation.

    :raises GatewayFailed: in production without ``EINKLANG_SMS_URL``
    """
    if settings.SMS_URL:
        return HttpGateway(settings.SMS_URL, settings.SMS_TOKEN)
    if settings.PRODUCTION:
        raise GatewayFailed(
            _(
                "Es ist kein SMS-Dienst eingerichtet (EINKLANG_SMS_URL). Fragen Sie Ihre "
                "Administration."
            )
        )
    return FileSink(Path(settings.SMS_FILE_PATH))


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)


def _id_in(answer: bytes) -> str:
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    return str(found.get("id") or found.get("message_id") or "")[:200]


def _refused(status: int) -> GatewayFailed:
    if status in (401, 403):
        text = _("Der SMS-Dienst lehnt den Schlüssel ab (EINKLANG_SMS_TOKEN, Antwort %(status)s).")
    elif status == 429:
        text = _(
            "Der SMS-Dienst nimmt gerade nichts mehr an (Antwort %(status)s). Bitte später noch "
            "einmal."
        )
    else:
        text = _("Der SMS-Dienst hat die Nachricht nicht angenommen (Antwort %(status)s).")
    return GatewayFailed(text % {"status": status}, status=status)


def _slow() -> GatewayFailed:
    return GatewayFailed(
        _(
            "Der SMS-Dienst hat nicht rechtzeitig geantwortet. Ob die Nachricht hinausging, ist "
            "unklar."
        )
    )
