"""What is left of a company's name, domain and mailboxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import (
    company_core,
    domain_core,
    fold,
    is_freemail,
    is_role_mailbox,
    loose,
)

FREE = """
    gmail.com googlemail.com gmx.de gmx.net gmx.at web.de t-online.de outlook.com outlook.de
    hotmail.com hotmail.de live.de yahoo.de yahoo.com freenet.de posteo.de posteo.net mailbox.org
    icloud.com me.com arcor.de aol.com 1und1.de online.de proton.me protonmail.com bluewin.ch
    mail.ru wp.pl libero.it GMX.DE
"""
ROLES = """
    info INFO info2 info-kiel info+messe kontakt office mail e-mail post service vertrieb
    vertrieb.nord einkauf buchhaltung bewerbung zentrale sekretariat noreply no-reply
    do_not_reply no.reply geschaeftsleitung geschäftsleitung büro buero hr it support.de
    rechnungen datenschutz webmaster mailer-daemon
"""
PERSONS = """
    hans.maier hmaier hr.mueller it.weber post.anna anna.post mail.hans maier.info infofrau
    p.kontakt 2024 - +info
"""


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Hansen Möbelwerke GmbH & Co. KG", "hansen mobelwerke"),
        ("HANSEN MOEBELWERKE GMBH", "hansen mobelwerke"),
        ("Firma Hansen", "hansen"),
        ("Fa. Hansen e.K.", "hansen"),
        ("Gebr. Müller GmbH", "muller"),
        ("Gebrueder Mueller", "muller"),
        ("Müller & Söhne Maschinenbau AG", "muller maschinenbau"),
        ("MUELLER & SOEHNE MASCHINENBAU", "muller maschinenbau"),
        ("Müller und Sohn", "muller"),
        ("Müller u. Sohn OHG", "muller"),
        ("Müller & Tochter", "muller"),
        ("Müller & Co.", "muller"),
        ("Müller und Co. KG", "muller"),
        ("Müller & Schmidt", "muller schmidt"),
        ("Müller u. Schmidt", "muller schmidt"),
        ("Müller u Schmidt", "muller schmidt"),
        ("Müller + Schmidt GbR", "muller schmidt"),
        ("Müller und Schmidt", "muller schmidt"),
        ("Elektro Schmidt Inh. Karl Müller", "elektro schmidt"),
        ("Inh. Müller", "muller"),
        ("Siemer Deutschland GmbH", "siemer"),
        ("Siemer Germany Holding GmbH", "siemer"),
        ("Siemer Gruppe", "siemer"),
        ("Siemer Group International", "siemer"),
        ("Siemer Vertriebs GmbH", "siemer"),
        ("Siemer Vertr. Ges. mbH", "siemer"),
        ("Siemer Handelsges. mbH", "siemer"),
        ("Siemer Verw. GmbH", "siemer"),
        ("Siemer Verwaltungsgesellschaft mbH", "siemer"),
        ("Siemer GmbH Niederlassung Hamburg", "siemer"),
        ("Niederlassung Hamburg", "hamburg"),
        ("Siemer GmbH & Co. KG Werk Kiel", "siemer werk kiel"),
        ("Start UG (HAFTUNGSBESCHRAENKT)", "start"),
        ("Kern GESELLSCHAFT MIT BESCHRAENKTER HAFTUNG", "kern"),
        ("Kern Maschinenb. GmbH", "kern maschinenbau"),
        ("Kern Masch.bau", "kern maschinenbau"),
        ("Kern Masch.-Bau", "kern maschinenbau"),
        ("Kern Metallb.", "kern metallbau"),
        ("Kern Kältetechn.", "kern kaltetechnik"),
        ("Kern Bauunternehmen", "kern bauunternehmung"),
        ("Kern Ing.-Büro", "kern ingenieurburo"),
        ("Ing. B. Kern", "ing b kern"),
        ("Stahl B. Kern", "stahl b kern"),
        ("Europa Apotheke", "europa apotheke"),
        ("Apotheke Europa", "apotheke"),
        ("Sohn Metallbau", "sohn metallbau"),
        ("Stadtwerke Kiel", "stadtwerke kiel"),
        ("3M Deutschland GmbH", "3m"),
        ("A+B", "a b"),
        ("Deutschland", "deutschland"),
        ("Firma", "firma"),
        ("GmbH", "gmbh"),
        ("Gebrüder", "gebruder"),
        ("& Söhne", "sohne"),
        ("info@firma.de", "info de"),
        ("", ""),
        ("–", ""),
        ("+", ""),
        ("+ GmbH", "gmbh"),
        ("Verw.", "verw"),
    ],
)
def test_core_of_a_company(name: str, core: str) -> None:
    assert company_core(name) == core


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("a.maier@hansen-moebelwerke.de", "hansen-moebelwerke"),
        ("https://www.Hansen.de:8080/kontakt?x=@y", "hansen"),
        ("WWW.HANSEN.DE", "hansen"),
        ("mail.hansen.de.", "hansen"),
        ("a@hansen.co.uk", "hansen"),
        ("shop.hansen.com.tr", "hansen"),
        ("hansen.or.at", "hansen"),
        ("co.de", "co"),
        ("hansen", "hansen"),
        ("mailto:a@hansen.example", "hansen"),
        ("a@xn--mller-kva.de", "müller"),
        ("a@müller.de", "müller"),
        ("a@xn--99999999.de", "xn--99999999"),
        ("123.de", "123"),
        ("anna@gmx.de", ""),
        ("anna@mail.gmx.net", ""),
        ("anna@yahoo.co.uk", ""),
        ("192.168.1.1", ""),
        ("a@", ""),
        ("keine Website", ""),
        ("", ""),
    ],
)
def test_core_of_a_domain(text: str, core: str) -> None:
    assert domain_core(text) == core


def test_domain_and_name_have_one_core() -> None:
    assert loose(domain_core("a@hansen-moebelwerke.de")) == company_core("Hansen Möbelwerke AG")


@pytest.mark.parametrize("domain", FREE.split())
def test_free_providers_name_no_employer(domain: str) -> None:
    assert is_freemail(domain)
    assert is_freemail(f"info@{domain}")
    assert domain_core(domain) == ""


@pytest.mark.parametrize("domain", ["firma.de", "gmx.firma.de", "web.com", "mail", "gmx", ""])
def test_other_domains_are_an_employers(domain: str) -> None:
    assert not is_freemail(domain)


@pytest.mark.parametrize("local_part", ROLES.split())
def test_mailboxes_of_a_role(local_part: str) -> None:
    assert is_role_mailbox(local_part)


@pytest.mark.parametrize("local_part", ["", *PERSONS.split()])
def test_mailboxes_of_a_person(local_part: str) -> None:
    assert not is_role_mailbox(local_part)


WORDS = [
    "Müller", "GmbH", "& Co.", "KG", "AG", "e.", "K.", "mbH", "Firma", "+", "und", "u.", "Söhne",
    "Sohn", "Gebr.", "Inh.", "Holding", "Deutschland", "Masch.", "bau", "b", "Verw.", "Ges.", "plc",
    "Niederlassung", "mit", "beschränkter", "Haftung", "Gesellschaft", "S.A.", "SE", "as", "@",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join) | st.text(max_size=30))
def test_the_core_of_a_core_is_the_core(name: str) -> None:
    core = company_core(name)
    assert company_core(core) == core == loose(core)
    assert bool(core) == bool(fold(name))


@given(st.text(max_size=30) | st.from_regex(r"\A(\w{1,3}@)?(xn--)?[\w.-]{1,12}\Z"))
def test_the_name_in_a_domain_is_read_again(text: str) -> None:
    core = domain_core(text)
    assert domain_core(core) == core
    assert not (is_freemail(text) and core)


@given(st.text(max_size=30))
def test_any_mailbox_is_a_roles_or_not(text: str) -> None:
    assert is_role_mailbox(text) in (True, False)
    assert is_role_mailbox(text) == is_role_mailbox(text.upper()) or not text.isascii()
