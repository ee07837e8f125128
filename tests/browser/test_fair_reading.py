"""What the scripts of the app understand: codes, the score; and the link that they make."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
VECTORS = ROOT / "history" / "fairs" / "scoring_vectors.json"
PageAs = Callable[..., Page]


@pytest.fixture
def page(new_page: PageAs) -> Page:
    opened = new_page(phone=True)
    opened.goto("/messe/")
    return opened


def understood(page: Page, text: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "async (text) => (await import('/static/ui/js/fair/codes.js')).understand(text)", text
    )
    return found


VCARD_21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=FCrgen;;Dr.;\r\n"
    "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fenbau =\r\nGr=C3=BCn;Einkauf\r\n"
    "TEL;WORK;VOICE:+49 30 23125 101\r\nTEL;CELL:0171 3920001\r\nTEL;FAX:030 23125 199\r\n"
    "EMAIL;PREF;INTERNET:j.mueller@gruen.example\r\nEND:VCARD\r\n"
)
VCARD_3 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Özdemir;Ayşe;;;\nFN:Ayşe Özdemir\nORG:Havelberg\\, Söhne & Co;IT\n"
    "TITLE:Leiterin\n  Technik\nTEL;TYPE=CELL,VOICE:+491713920002\nTEL;TYPE=work:030/23125-102\n"
    "item1.EMAIL;TYPE=WORK:a.oezdemir@havelberg.example\nPHOTO;ENCODING=b;TYPE=JPEG:"
    + "QUJD"
    * 300
    + "\nADR;TYPE=WORK:;;Am Kai 3;Berlin;;10115;Deutschland\nURL:https://havelberg.example\n"
    "END:VCARD"
)
VCARD_4 = (
    "BEGIN:VCARD\nVERSION:4.0\nN:王;伟;;;\nORG:上海照明有限公司\nTITLE:经理\n"
    'TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+86-21-5550-0101\n'
    "EMAIL:wang.wei@shanghai.example\nEND:VCARD"
)


def test_a_vcard_of_each_version(page: Page) -> None:
    old = understood(page, VCARD_21)
    assert (old["kind"], old["told"]) == ("contact", [])
    assert old["fields"] == {
        "name": "Dr. Jürgen Müller",
        "company_name": "Straßenbau Grün",
        "email": "j.mueller@gruen.example",
        "phone": "+49 30 23125 101",
        "mobile": "0171 3920001",
    }
    middle = understood(page, VCARD_3)
    assert middle["told"] == ["code_photo"]
    assert middle["fields"] == {
        "name": "Ayşe Özdemir",
        "company_name": "Havelberg, Söhne & Co",
        "function": "Leiterin Technik",
        "email": "a.oezdemir@havelberg.example",
        "phone": "030/23125-102",
        "mobile": "+491713920002",
        "note": "Anschrift: Am Kai 3, Berlin, 10115, Deutschland; Web: https://havelberg.example",
    }
    assert understood(page, VCARD_4)["fields"] == {
        "name": "王伟",
        "company_name": "上海照明有限公司",
        "function": "经理",
        "email": "wang.wei@shanghai.example",
        "phone": "+86-21-5550-0101",
    }


def test_a_mecard(page: Page) -> None:
    text = (
        "MECARD:N:Groß,Käthe;ORG:Licht\\; Ton\\: GmbH;TEL:03023125103;TEL:01713920003;"
        "EMAIL:k.gross@licht.example;ADR:Am Kai 4,10115 Berlin;;"
    )
    assert understood(page, text) == {
        "kind": "contact",
        "told": [],
        "fields": {
            "name": "Käthe Groß",
            "company_name": "Licht; Ton: GmbH",
            "email": "k.gross@licht.example",
            "phone": "03023125103",
            "mobile": "01713920003",
            "note": "Anschrift: Am Kai 4, 10115 Berlin",
        },
    }


def test_what_is_no_card_is_told_apart(page: Page) -> None:
    link = understood(page, "https://spreewerk.example/b/4711?x=1")
    assert (link["kind"], link["host"], link["fields"]) == ("url", "spreewerk.example", {})
    assert understood(page, "RB26-0047112")["fields"] == {"note": "RB26-0047112"}
    assert understood(page, "BEGIN:VCARD\nVERSION:3.0\nNOTE:nichts\nEND:VCARD")["kind"] == "empty"
    assert understood(page, "   ")["kind"] == "empty"
    assert understood(page, "Lorem ipsum " * 40)["kind"] == "long"
    heavy = "BEGIN:VCARD\nVERSION:3.0\nFN:Hans Mayer\nPHOTO;ENCODING=b:" + "QUJD" * 5200
    assert understood(page, heavy + "\nEND:VCARD")["kind"] == "long"
    almost = heavy[:19_000] + "\nEND:VCARD"
    assert understood(page, almost)["fields"] == {"name": "Hans Mayer"}
    broken = understood(page, "BEGIN:VCARD\nFN:" + "x" * 300 + "\nTEL;;;:=\nEMAIL\nEND:VCARD")
    assert (len(broken["fields"]["name"]), broken["told"]) == (200, ["code_cut"])


def test_the_score_is_that_of_the_server(page: Page) -> None:
    vectors = json.loads(VECTORS.read_text())
    found = page.evaluate(
        """async ({forms, cases}) => {
          const { propose } = await import('/static/ui/js/fair/score.js');
          return cases.map((each) => propose(forms[each.form], each.answers));
        }""",
        vectors,
    )
    assert len(found) >= 10
    for case, proposal in zip(vectors["cases"], found, strict=True):
        assert proposal["score"] == case["score"], case
        assert proposal["completeness"] == case["completeness"], case
        assert proposal["grade"] == case["grade"], case
        shares = {part["code"]: part["share"] for part in proposal["parts"]}
        assert shares == case["parts"], case
