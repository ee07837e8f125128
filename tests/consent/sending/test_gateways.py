"""The SMS gateway over HTTP, against a server that really listens."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from consent.sending import gateways


class Provider(BaseHTTPRequestHandler):
    """Answers what the test tells it to."""

    asked: list[tuple[dict[str, Any], str]] = []
    status, answer, delay = 202, b'{"id": "m-1"}', 0.0

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Provider.asked.append((body, self.headers["Authorization"]))
        time.sleep(Provider.delay)
        self.send_response(Provider.status)
        if Provider.status in (302, 307):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(Provider.answer)))
        self.end_headers()
        self.wfile.write(Provider.answer)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Provider.asked, Provider.status = [], 202
    Provider.answer, Provider.delay = b'{"id": "m-1"}', 0.0
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sms"
    server.shutdown()
    server.server_close()
    thread.join(5)


def deliver(url: str) -> str:
    return gateways.HttpGateway(url, "geheim").deliver(number="+4915228817386", text="123456")


def test_a_message_is_posted_with_the_token(url: str) -> None:
    assert deliver(url) == "m-1"
    ((body, authorization),) = Provider.asked
    assert (body["to"], body["text"]) == ("+4915228817386", "123456")
    assert authorization == "Bearer geheim"


@pytest.mark.parametrize("answer", [b"", b"OK", b"[]", b'{"status": "queued"}'])
def test_an_answer_without_an_id_gets_ours(url: str, answer: bytes) -> None:
    Provider.answer = answer
    assert deliver(url) == Provider.asked[0][0]["reference"]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "EINKLANG_SMS_TOKEN"),
        (403, "EINKLANG_SMS_TOKEN"),
        (429, "nimmt gerade nichts mehr an"),
        (500, "Antwort 500"),
        (302, "Antwort 302"),
        (307, "Antwort 307"),
    ],
)
def test_a_refusal_is_told_and_never_follows_elsewhere(url: str, status: int, told: str) -> None:
    Provider.status = status
    with pytest.raises(gateways.GatewayFailed, match=told):
        deliver(url)
    assert len(Provider.asked) == 1


def test_a_provider_that_is_silent_is_not_waited_for(url: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(gateways, "TIMEOUT", 0.2)
    Provider.delay = 1.0
    with pytest.raises(gateways.GatewayFailed, match="nicht rechtzeitig"):
        deliver(url)


def test_a_provider_that_is_not_there_is_named() -> None:
    with pytest.raises(gateways.GatewayFailed, match=r"127\.0\.0\.1 ist nicht erreichbar"):
        deliver("http://127.0.0.1:1/sms")


def test_production_without_a_provider_refuses(settings: Any) -> None:
    settings.PRODUCTION, settings.SMS_URL = True, ""
    with pytest.raises(gateways.GatewayFailed, match="EINKLANG_SMS_URL"):
        gateways.configured()
