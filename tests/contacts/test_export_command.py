"""``manage.py export_contacts``: the same function as the button, seen with somebody's eyes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("export_contacts", *arguments, stdout=out)
    return out.getvalue()


def test_a_list_becomes_a_file(make_person, team_lead, team, other_team, tmp_path):
    make_person("Anna", "Nord", team=team)
    make_person("Berta", "Süd", team=other_team)
    target = tmp_path / "nord.csv"
    said = run(
        "persons", "--as", team_lead.email, "--query", "columns=name", "--output", str(target)
    )
    assert said == f"1 Zeile in {target}\n"
    assert target.read_bytes() == "\ufeffName\r\nNord, Anna\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--query", "citty=Kiel"], "citty: Die Bedingung „citty“ gibt es nicht."),
        (["--output", "x.pdf"], "Bitte --format csv oder --format xlsx angeben."),
        (["--as", "nobody@einklang.example"], "Einen Nutzer mit dieser E-Mail gibt es nicht."),
    ],
)
def test_a_refusal_leaves_no_file(admin, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=sentence):
        run("persons", "--as", admin.email, "--output", "x.csv", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_survives_a_refusal(sales, tmp_path):
    target = tmp_path / "alt.csv"
    target.write_text("alt")
    with pytest.raises(CommandError, match="Ihre Rolle erlaubt das nicht"):
        run("persons", "--as", sales.email, "--output", str(target))
    assert target.read_text() == "alt"
