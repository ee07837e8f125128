"""Nothing reaches a contact but through consent.sending: the whole code is walked for other ways.

Whoever needs another one adds it to EXCEPTIONS with its reason, and to the list in
docs/architektur.md.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("contacts", "consent", "history", "crm")
SENDING = "consent/sending/"
MODULES = (
    "django.core.mail",
    "smtplib",
    "aiosmtplib",
    "email.message",
    "email.mime",
    "urllib.request",
    "http.client",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "socket",
    "ftplib",
    "telnetlib",
    "twilio",
    "pywebpush",
    "consent.sending.gateways",
)
NAMES = {"send_mail", "send_mass_mail", "EmailMessage", "EmailMultiAlternatives", "email_user",
         "mail_admins", "mail_managers", "urlopen", "create_connection"}  # fmt: skip
INHERITED = {"PasswordResetView", "PasswordResetForm"}
EXCEPTIONS = {
    "consent/checkpoints.py": "checkpoints of the ledger, to the privacy officer",
    "crm/ui/screens/login/forms.py": "links for new passwords, to users of Einklang",
    "crm/ui/screens/login/views.py": "links for new passwords, to users of Einklang",
    "crm/platform/mail_sink.py": "takes mail in and sends none",
    "crm/platform/demo.py": "asks the web server of this machine whether it answers",
    "crm/platform/ports.py": "looks for a free port of this machine",
}


def ways_out(source: str) -> Iterator[str]:
    """What in this code could reach somebody outside."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if is_way(each.name))
            case ast.ImportFrom(module=str(module), names=names):
                for each in names:
                    full = f"{module}.{each.name}"
                    if is_way(module) or is_way(full) or each.name in NAMES | INHERITED:
                        yield full
            case ast.Attribute(attr=attr) if attr in NAMES | INHERITED:
                yield attr
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ) if is_way(name):
                yield name


def is_way(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in MODULES)


def files() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert len(found) > 300
    return found


def test_only_consent_sending_reaches_out() -> None:
    outside = {}
    for path in files():
        name = str(path.relative_to(ROOT))
        found = sorted(set(ways_out(path.read_text())))
        if found and not name.startswith(SENDING) and name not in EXCEPTIONS:
            outside[name] = found
    assert outside == {}, "Send through consent.sending, or give the reason in EXCEPTIONS."


def test_every_exception_is_still_needed() -> None:
    idle = [name for name in EXCEPTIONS if not list(ways_out((ROOT / name).read_text()))]
    assert idle == []


def test_the_permit_is_asked_for_in_every_public_function_that_sends() -> None:
    for name in ("mail.py", "sms.py"):
        tree = ast.parse((ROOT / SENDING / name).read_text())
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        assert public
        for function in public:
            calls = [
                ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)
            ]
            out = min(
                calls.index(call) for call in calls if call in ("_hand_over", "gateways.configured")
            )
            assert calls.index("permits.require") < out, function.name
            assert "gate.use" in calls, function.name


@pytest.mark.parametrize(
    "code",
    [
        "from django.core import mail",
        "from django.core.mail import send_mail",
        "import smtplib",
        "from django.core import mail as post\npost.send_mail()",
        "user.email_user('a', 'b')",
        "from urllib import request",
        "import urllib.request",
        "import requests",
        "from consent.sending import gateways",
        "from consent.sending.gateways import configured",
        "importlib.import_module('smtplib')",
        "from email.message import EmailMessage",
    ],
)
def test_the_walk_sees(code: str) -> None:
    assert list(ways_out(code))
