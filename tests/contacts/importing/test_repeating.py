"""The next delivery looks like the last one: its settings are used again."""

from io import BytesIO

from contacts.importing import repeating, settings
from crm.accounts.models import RoleCode

FIRST = "Vorname;Nachname;KZ\nHans;Maier;J\n"
MAPPING = {
    "columns": {"Vorname": "person.given_name", "Nachname": "person.surname", "KZ": None},
    "defaults": {"person.language": "de"},
}


def test_a_file_like_an_old_one_takes_source_owner_reading_and_mapping(
    upload, import_file, admin, at
):
    former = import_file(FIRST, mapping=MAPPING, update_existing=True)

    run = repeating.upload_like(
        actor=admin,
        run=former,
        file=BytesIO(b"Vorname;Nachname;KZ\nInge;Abel;N\n"),
        file_name="neu.csv",
        at=at,
    )

    assert (run.source, run.owner, run.update_existing) == (former.source, former.owner, True)
    assert settings.of(run).mapping == settings.of(former).mapping


def test_columns_that_are_new_are_proposed_and_missing_ones_forgotten(upload, import_file):
    former = import_file(FIRST, mapping=MAPPING)
    run = upload("Nachname;Telefon\nMaier;030 23125 101\n")

    mapping = repeating.mapping_like(former, like=run)

    assert mapping.columns == {"Nachname": "person.surname", "Telefon": "phone.business"}


def test_a_field_the_old_mapping_uses_is_not_proposed_a_second_time(upload, import_file):
    former = import_file(
        "Rufname;Nachname\nHans;Maier\n",
        mapping={"columns": {"Rufname": "person.given_name", "Nachname": "person.surname"}},
    )
    run = upload("Rufname;Vorname;Nachname\nHans;Johannes;Maier\n")

    mapping = repeating.mapping_like(former, like=run)

    assert mapping.columns == {"Rufname": "person.given_name", "Nachname": "person.surname"}


def test_the_former_run_is_a_finished_one_of_the_same_source_with_a_common_column(
    upload, import_file, admin, make_user, other_team
):
    former = import_file(FIRST)
    import_file(FIRST.replace("Hans", "Johannes"), dry_run=True)
    stranger = make_user(RoleCode.TEAM_LEAD, teams=[other_team])

    assert repeating.former_run(upload(FIRST.replace("Hans", "Inge")), user=admin) == former
    assert repeating.former_run(upload(FIRST.replace("Hans", "Uwe")), user=stranger) is None
    assert repeating.former_run(upload("Firma\nBrandt KG\n"), user=admin) is None
