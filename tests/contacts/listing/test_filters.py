"""Conditions: each finds exactly whom it names."""

from datetime import date, timedelta

import pytest

from contacts import contact_points, criteria, qualification, sources
from contacts.listing import ListName
from contacts.listing import query as queries
from contacts.listing.chips import chips
from contacts.models import Address, Company, ImportOutcome, ImportRow, ImportRun, Person
from crm.kernel import errors

pytestmark = pytest.mark.django_db


def told(scope, text):
    query = queries.parse_string(scope=scope, text=text)
    return [chip.text for chip in chips(scope=scope, query=query)]


def test_owner(make_person, sales, admin, names, scope):
    make_person("", "Meiner")
    make_person("", "Ihrer", owner=sales)
    Person.objects.filter(pk=make_person("", "Niemandes").pk).update(owner=None)
    assert names("owner=me") == ["Meiner"]
    assert names(f"owner={sales.public_id}") == ["Ihrer"]
    assert names("owner=none") == ["Niemandes"]
    assert names("owner=none&owner=me") == ["Meiner", "Niemandes"]
    assert told(scope, "owner=none&owner=me") == ["Zuständig: niemand oder ich"]


def test_a_former_owner_is_still_named(make_person, sales, names, scope):
    make_person("", "Ihrer", owner=sales)
    type(sales).objects.filter(pk=sales.pk).update(is_active=False)
    assert names(f"owner={sales.public_id}") == ["Ihrer"]
    assert told(scope, f"owner={sales.public_id}") == [f"Zuständig: {sales.full_name} (inaktiv)"]


def test_team(make_person, team, other_team, names):
    make_person("", "Nord", team=team)
    make_person("", "Süd", team=other_team)
    make_person("", "Ohne")
    Person.objects.filter(surname="Ohne").update(team=None)
    assert names(f"team={team.public_id}") == ["Nord"]
    assert names(f"team={other_team.public_id}&team=none") == ["Ohne", "Süd"]


def test_place(make_person, locate, names, scope, at):
    locate(make_person("", "Mitte"), "10115", "Berlin")
    locate(make_person("", "Potsdam"), "14467", "Potsdam")
    gone = locate(make_person("", "Weggezogen"), "10115", "Berlin")
    Address.objects.filter(pk=gone.pk).update(valid_to=at.date() - timedelta(days=1))
    assert names("city=berl") == ["Mitte"]
    assert names("city=Berlin,Potsdam") == ["Mitte", "Potsdam"]
    assert names("postal_code=1") == ["Mitte", "Potsdam"]
    assert names("postal_code=14") == ["Potsdam"]
    assert told(scope, "city=Berlin,Potsdam") == ["Ort beginnt mit Berlin oder Potsdam"]


def test_company_and_function(make_person, make_company, employ, names, scope):
    havelberg = make_company("Märkische Filterwerke GmbH")
    employ(make_person("", "Einkäufer"), havelberg, "Leiter Einkauf")
    employ(make_person("", "Techniker"), havelberg, "Technik")
    employ(make_person("", "Anderer"), make_company("Oderland Apparatebau"), "Einkauf")
    assert names("company_name=märk") == ["Einkäufer", "Techniker"]
    assert names(f"company={havelberg.public_id}") == ["Einkäufer", "Techniker"]
    assert names("function=EINKAUF") == ["Anderer", "Einkäufer"]
    assert names("function=einkauf&company_name=maerk,mark") == ["Einkäufer"]
    assert told(scope, f"company={havelberg.public_id}") == ["Firma: Märkische Filterwerke GmbH"]


def test_industry(make_company, names):
    for name, codes in (("Pumpen", ["28.13"]), ("Beides", ["46.1", "28.1"]), ("Handel", ["46.28"])):
        Company.objects.filter(pk=make_company(name).pk).update(industry_codes=codes)
    assert names("industry=28", name=ListName.COMPANIES) == ["Beides", "Pumpen"]
    assert names("industry=28.13,46.2", name=ListName.COMPANIES) == ["Handel", "Pumpen"]


def test_channels(make_person, reach, locate, names, scope, admin, at):
    reach(make_person("", "Mail"), "EMAIL", "a@havelberg.example")
    both = make_person("", "Beides")
    reach(both, "EMAIL", "b@havelberg.example")
    reach(both, "PHONE", "030 23125 101")
    locate(make_person("", "Brief"), "10115", "Berlin")
    make_person("", "Nichts")
    bounced = reach(make_person("", "Tot"), "EMAIL", "c@havelberg.example")
    contact_points.set_status(actor=admin, holder=bounced, status="BOUNCED", at=at)
    assert names("has=EMAIL") == ["Beides", "Mail"]
    assert names("has=PHONE&has=POSTAL") == ["Beides", "Brief"]
    assert names("has=ANY") == ["Beides", "Brief", "Mail"]
    assert names("lacks=ANY") == ["Nichts", "Tot"]
    assert names("lacks=EMAIL&lacks=POSTAL") == ["Nichts", "Tot"]
    assert names("lacks=PHONE") == ["Brief", "Mail", "Nichts", "Tot"]
    assert names("point_status=BOUNCED") == ["Tot"]
    assert told(scope, "lacks=EMAIL&lacks=POSTAL") == ["Kontaktweg fehlt: E-Mail und Anschrift"]


def test_addresses_that_nobody_confirmed_for_two_years(make_person, locate, names, scope, at):
    today = at.date()
    for name, day in (
        ("Frisch", today),
        ("Grenze", date(2024, 3, 17)),
        ("Knapp", date(2024, 3, 18)),
        ("Nie", None),
    ):
        locate(make_person("", name), "10115", "Berlin", confirmed_on=day)
    make_person("", "Ohne")
    assert names("address_unconfirmed=2") == ["Grenze", "Nie"]
    assert names("address_unconfirmed=never") == ["Nie"]
    assert told(scope, "address_unconfirmed=2") == ["Anschrift seit 2 Jahren nicht bestätigt"]
    assert told(scope, "address_unconfirmed=1") == ["Anschrift seit 1 Jahr nicht bestätigt"]


def test_confirmation_of_the_record(make_person, names, scope):
    for name, day in (("Alt", date(2020, 5, 1)), ("Neu", date(2026, 1, 31)), ("Nie", None)):
        Person.objects.filter(pk=make_person("", name).pk).update(confirmed_on=day)
    assert names("unconfirmed=2") == ["Alt", "Nie"]
    assert names("confirmed=&confirmed=2025-12-31") == ["Alt"]
    assert names("confirmed=01.01.2026") == ["Neu"]
    assert told(scope, "confirmed=01.01.2026&confirmed=31.1.26") == [
        "Bestätigt 01.01.2026 bis 31.01.2026"
    ]
    assert told(scope, "confirmed=&confirmed=2025-12-31") == ["Bestätigt bis 31.12.2025"]


def test_completeness_and_duplicates(make_person, names, scope):
    Person.objects.filter(pk=make_person("", "Halb").pk).update(completeness=50)
    Person.objects.filter(pk=make_person("", "Ganz").pk).update(
        completeness=60, duplicate_check_due=True
    )
    assert names("completeness_below=60") == ["Halb"]
    assert names("completeness_below=61") == ["Ganz", "Halb"]
    assert names("duplicate_check=yes") == ["Ganz"]
    assert told(scope, "completeness_below=60") == ["Vollständigkeit unter 60\u00a0%"]


def test_days_of_change_are_local_days(make_person, names, at):
    for name, instant in (
        ("Vorher", at.replace(day=16, hour=22, minute=59)),
        ("Mitternacht", at.replace(day=16, hour=23, minute=0)),
        ("Abend", at.replace(day=17, hour=22, minute=59)),
        ("Nachher", at.replace(day=17, hour=23, minute=0)),
    ):
        Person.objects.filter(pk=make_person("", name).pk).update(updated_at=instant)
    assert names("changed=2026-03-17&changed=2026-03-17") == ["Abend", "Mitternacht"]


def test_source_and_its_term(make_person, reach, names, admin, source, at, scope):
    bought = sources.create(
        actor=None,
        kind="SUPPLIER",
        name="Falk",
        licence="einmal",
        use_until=date(2026, 3, 16),
        at=at,
    )
    soon = sources.create(
        actor=None, kind="SUPPLIER", name="Bald", licence="x", use_until=date(2026, 3, 17), at=at
    )
    Person.objects.filter(pk=make_person("", "Gekauft").pk).update(source=bought)
    Person.objects.filter(pk=make_person("", "Noch").pk).update(source=soon)
    mixed = make_person("", "Teils")
    holder = reach(mixed, "EMAIL", "t@havelberg.example")
    type(holder).objects.filter(pk=holder.pk).update(source=bought)
    make_person("", "Eigen")
    assert names(f"source={bought.public_id}") == ["Gekauft"]
    assert names(f"source={source.public_id}") == ["Eigen", "Teils"]
    assert names("source_kind=SUPPLIER") == ["Gekauft", "Noch"]
    assert names(f"data_source={bought.public_id}") == ["Gekauft", "Teils"]
    assert names("term=passed") == ["Gekauft", "Teils"]
    assert names("term=near") == ["Noch"]
    assert told(scope, "term=passed") == ["Nutzungsfrist abgelaufen"]


def test_import(make_person, names, source, at, scope):
    run = ImportRun.objects.create(
        source=source, file="x.csv", file_name="erp.csv", file_size=1, file_hash="a", created_at=at
    )
    for number, (name, outcome) in enumerate(
        (("Neu", ImportOutcome.CREATED), ("Gleich", ImportOutcome.UNCHANGED))
    ):
        person = make_person("", name)
        ImportRow.objects.create(run=run, number=number, outcome=outcome, person=person)
    assert names(f"import={run.public_id}") == ["Neu"]
    assert told(scope, f"import={run.public_id}") == ["Import: erp.csv, 17.03.2026"]


@pytest.fixture
def define(admin, at):
    def make(label, type, choices=()):
        return criteria.create(
            actor=admin, label=label, subject="PERSON", type=type, choices=choices, at=at
        )

    return make


def answer(admin, source, at, person, criterion, value):
    qualification.set_value(
        actor=admin, record=person, criterion=criterion, value=value, source=source, at=at
    )


@pytest.mark.parametrize(
    ("type", "choices", "answers", "expected"),
    [
        (
            "CHOICE",
            ["A", "B", "C"],
            {"Anna": "A", "Berta": "B"},
            {
                "a": ["Anna"],
                "a&K=b": ["Anna", "Berta"],
                "none": ["Leer"],
                "any": ["Anna", "Berta"],
                "none&K=b": ["Berta", "Leer"],
            },
        ),
        (
            "CHOICES",
            ["Druck", "Durchfluss", "Temperatur"],
            {"Anna": "Druck, Durchfluss", "Berta": "Temperatur"},
            {"druck": ["Anna"], "durchfluss&K=temperatur": ["Anna", "Berta"], "none": ["Leer"]},
        ),
        (
            "BOOLEAN",
            [],
            {"Anna": "ja", "Berta": "nein"},
            {"true": ["Anna"], "false": ["Berta"], "none": ["Leer"]},
        ),
        (
            "NUMBER",
            [],
            {"Anna": "9", "Berta": "1.200,5"},
            {"&K=10": ["Anna"], "9&K=9": ["Anna"], "10": ["Berta"], "9,5&K=1200,5": ["Berta"]},
        ),
        (
            "DATE",
            [],
            {"Anna": "31.12.2025", "Berta": "01.02.2026"},
            {"2026-01-01": ["Berta"], "&K=2025-12-31": ["Anna"], "1.1.2020": ["Anna", "Berta"]},
        ),
        (
            "TEXT",
            [],
            {"Anna": "liefert 50% Pumpen", "Berta": "Ventile"},
            {"pump": ["Anna"], "50%25": ["Anna"], "pump,ventil": ["Anna", "Berta"], "0_0": []},
        ),
    ],
)
def test_criteria(make_person, names, define, admin, source, at, type, choices, answers, expected):
    criterion = define("Frage", type, choices)
    other = define("Andere", "TEXT")
    for name, value in answers.items():
        person = make_person("", name)
        answer(admin, source, at, person, criterion, value)
        answer(admin, source, at, person, other, "egal")
    make_person("", "Leer")
    key = f"criterion.{criterion.code}"
    for values, found in expected.items():
        assert names(f"{key}={values.replace('K', key)}") == found, values


def test_a_withdrawn_answer_is_none(make_person, names, define, admin, source, at):
    criterion = define("Frage", "CHOICE", ["A"])
    person = make_person("", "Anna")
    answer(admin, source, at, person, criterion, "A")
    answer(admin, source, at, person, criterion, "")
    assert names("criterion.frage=a") == []
    assert names("criterion.frage=none") == ["Anna"]


def test_words_begin_names_companies_and_places_or_sound_alike(
    make_person, make_company, employ, locate, names
):
    maier = make_person("Johannes", "Maier")
    locate(maier, "39539", "Havelberg")
    employ(maier, make_company("Spreewerk Druckluft"))
    make_person("Änne", "Meier-Voß")
    make_person("Falko", "Böhmer")
    assert names("q=meyer") == ["Maier, Johannes", "Meier-Voß, Änne"]
    assert names("q=joh+maier") == ["Maier, Johannes"]
    assert names("q=druckl") == ["Maier, Johannes"]
    assert names("q=havelb") == ["Maier, Johannes"]
    assert names("q=boehm") == ["Böhmer, Falko"]
    assert names("q=%27+%26+%7C+!") == []


def test_conditions_are_joined_by_and(make_person, reach, names):
    reach(make_person("", "Mail"), "EMAIL", "a@havelberg.example")
    make_person("", "Ohne")
    assert names("has=EMAIL&completeness_below=100&q=mail") == ["Mail"]


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("citty=Berlin", "citty", "Die Bedingung „citty“ gibt es nicht."),
        ("industry=28", "industry", "Die Bedingung „industry“ gibt es nicht."),
        ("criterion.x=1", "criterion.x", "Die Bedingung „criterion.x“ gibt es nicht."),
        ("city=", "city", "Bitte geben Sie an, wonach gefiltert werden soll."),
        ("city=a%00b", "city", "Das ist zu viel für eine Bedingung."),
        ("completeness_below=0", "completeness_below", "Bitte eine ganze Zahl von 1 bis 100."),
        ("completeness_below=abc", "completeness_below", "Bitte eine ganze Zahl von 1 bis 100."),
        ("unconfirmed=4", "unconfirmed", "„4“ steht nicht zur Auswahl, vielleicht nicht mehr."),
        ("unconfirmed=2&unconfirmed=3", "unconfirmed", "Hier ist nur eine Angabe möglich."),
        ("owner=x", "owner", "„x“ steht nicht zur Auswahl, vielleicht nicht mehr."),
        ("changed=&changed=", "changed", "Bitte geben Sie an, ab wann oder bis wann."),
        ("changed=2026-02-30", "changed", None),
        ("changed=2026-03-02&changed=2026-03-01", "changed", "Der Anfang liegt hinter dem Ende."),
        ("sort=colour", "sort", "Danach lässt sich nicht sortieren."),
        ("columns=name,shoe", "columns", "Diese Spalte gibt es nicht: shoe."),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(scope, text, field, sentence):
    with pytest.raises(errors.Invalid) as refused:
        queries.parse_string(scope=scope, text=text)
    assert list(refused.value.errors) == [field]
    if sentence:
        assert refused.value.errors[field] == [sentence]


def test_nobody_finds_whom_they_may_not_see(make_person, sales, team, other_team, names):
    make_person("", "Team", team=team)
    make_person("", "Fremd", team=other_team)
    make_person("", "Meiner", owner=sales)
    assert names("", user=sales) == ["Meiner", "Team"]
    assert names("q=fremd", user=sales) == []
    assert names("lacks=ANY", user=sales) == ["Meiner", "Team"]


def test_a_query_says_itself_in_one_way(scope):
    text = "sort=-changed&q=maier&city=Berlin&city=Aachen&columns=name,city&after=x"
    query = queries.parse_string(scope=scope, text=text)
    assert query.encode() == "city=Berlin&city=Aachen&q=maier&sort=-changed&columns=name,city"
    again = queries.parse_string(scope=scope, text=query.encode())
    assert again.encode() == query.encode()
    assert query.without("city").encode() == "q=maier&sort=-changed&columns=name,city"
