"""Company names: name and legal form apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import CompanyName, Unreadable, company_name


@pytest.mark.parametrize(
    ("text", "name", "legal_form"),
    [
        ("Hansen Möbelwerke GmbH & Co.KG", "Hansen Möbelwerke", "GmbH & Co. KG"),
        ("Hansen GMBH+CO KG", "Hansen", "GmbH & Co. KG"),
        ("Hansen GmbH u. Co. KG", "Hansen", "GmbH & Co. KG"),
        ("Hansen GmbH und Co KG", "Hansen", "GmbH & Co. KG"),
        ("Müller GmbH", "Müller", "GmbH"),
        ("Müller Gesellschaft mit beschränkter Haftung", "Müller", "GmbH"),
        ("Müller Handelsgesellschaft mbH", "Müller Handelsgesellschaft", "mbH"),
        ("Lotse gGmbH", "Lotse", "gGmbH"),
        ("Müller und Co. KG", "Müller und Co.", "KG"),
        ("BASF SE", "BASF", "SE"),
        ("Bayerische Werke Aktiengesellschaft", "Bayerische Werke", "AG"),
        ("Bar AG & Co. KGaA", "Bar", "AG & Co. KGaA"),
        ("Bäcker Meyer e.K.", "Bäcker Meyer", "e. K."),
        ("Bäcker Meyer e. Kfr.", "Bäcker Meyer", "e. K."),
        ("Ruderclub e.V.", "Ruderclub", "e. V."),
        ("Volksbank Kiel eG", "Volksbank Kiel", "eG"),
        ("Start UG (haftungsbeschränkt)", "Start", "UG (haftungsbeschränkt)"),
        ("Start UG", "Start", "UG (haftungsbeschränkt)"),
        ("Gebrüder Kern GbR", "Gebrüder Kern", "GbR"),
        ("Kern OHG", "Kern", "OHG"),
        ("Kanzlei Nord PartGmbB", "Kanzlei Nord", "PartG mbB"),
        ("Lux S.à r.l.", "Lux", "S.à r.l."),
        ("Smith, Ltd.", "Smith", "Ltd."),
        ("Acme Inc.", "Acme", "Inc."),
        ("Zuid B.V.", "Zuid", "B.V."),
        ("Wien Ges.m.b.H.", "Wien", "Ges.m.b.H."),
        ("Firma Meier", "Meier", ""),
        ("Stadtwerke Kiel", "Stadtwerke Kiel", ""),
        ("GmbH", "GmbH", ""),
        ("Müller GmbH Niederlassung Kiel", "Müller GmbH Niederlassung Kiel", ""),
        ("3M", "3M", ""),
    ],
)
def test_legal_form_is_split_off(text: str, name: str, legal_form: str) -> None:
    assert company_name(text) == CompanyName(name, legal_form)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "company-empty"), ("--", "company-not-a-name"), ("a@b.de", "company-not-a-name")],
)
def test_what_is_no_company_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        company_name(text)
    assert refusal.value.code == code


@given(
    st.lists(
        st.sampled_from(["Müller", "GmbH", "& Co.", "KG", "AG", "e.", "K.", "mbH", "Firma", "+"]),
        max_size=5,
    )
)
def test_reading_the_letterhead_again_gives_the_same(words: list[str]) -> None:
    try:
        company = company_name(" ".join(words))
    except Unreadable:
        return
    once = company_name(company.full_name)
    assert company_name(once.full_name) == once
