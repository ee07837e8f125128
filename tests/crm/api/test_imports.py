"""Imports and search through the API."""

from io import BytesIO

from contacts.importing import running
from contacts.models import ImportRun, Person
from crm.kernel import clock

FILE = (
    "Anrede;Vorname;Nachname;Firma;Telefon;E-Mail\r\n"
    "Herr;Johannes;Maier;Havelberg Anlagenbau GmbH;030/23125-101;j.maier@havelberg.example\r\n"
    "Frau;Änne;Müller;Brandt KG;keine;a.mueller@brandt.example\r\n"
).encode("cp1252")


def upload(client, source, content: bytes = FILE, name: str = "liste.csv"):
    file = BytesIO(content)
    file.name = name
    return client.post(
        "/api/v1/imports/uploads",
        {"file": file, "source": str(source.public_id)},
        format="multipart",
    )


def test_a_file_is_uploaded_imported_and_reported(api, admin, source) -> None:
    client = api(admin)
    answer = upload(client, source)
    assert answer.status_code == 201, answer.json()
    run = answer.json()
    assert (run["state"], run["file_name"]) == ("UPLOADED", "liste.csv")
    url = f"/api/v1/imports/{run['id']}"
    assert client.post(f"{url}/start", {}, format="json").status_code == 202
    running.work(ImportRun.objects.get().pk, clock=clock.now)
    done = client.get(url).json()
    assert (done["state"], done["created_count"], done["rejected_count"]) == ("DONE", 1, 1)
    rows = client.get(f"{url}/rows", {"outcome": "REJECTED"}).json()
    assert [(row["number"], row["column"]) for row in rows] == [(3, "Telefon")]
    assert Person.objects.get().full_name == "Johannes Maier"
    found = client.get("/api/v1/search", {"q": "meyer"}).json()
    assert [(hit["name"], hit["by_sound"]) for hit in found["persons"]] == [
        ("Johannes Maier", True)
    ]


def test_an_empty_file_is_refused(api, admin, source) -> None:
    answer = upload(api(admin), source, content=b"")
    assert answer.status_code in (400, 422)
    assert ImportRun.objects.count() == 0


def test_a_rep_may_not_import(api, sales, source) -> None:
    answer = upload(api(sales), source)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
    assert ImportRun.objects.count() == 0


def test_the_import_of_another_team_is_not_there(api, admin, team_lead, source) -> None:
    run = upload(api(admin), source).json()
    client = api(team_lead)
    assert client.get(f"/api/v1/imports/{run['id']}").status_code == 404
    assert client.post(f"/api/v1/imports/{run['id']}/start").status_code == 404
    assert client.get("/api/v1/imports").json() == []
    assert ImportRun.objects.get().state == "UPLOADED"


def test_search_needs_words(api, admin) -> None:
    assert api(admin).get("/api/v1/search").status_code == 400
