"""Imports and merges: an old number means the survivor, and a merged row is not taken back."""

from contacts import merging
from contacts.company_choice import companies_like
from contacts.models import Company, ImportRow, Person

ERP = "KUNDENNR;NAME1;ORT;ANSPRECHPARTNER"
LIST = (
    "Personennummer;Vorname;Nachname;E-Mail\n"
    "1;Hans;Maier;maier@brandt.example\n"
    "2;Johannes;Mayer;mayer@brandt.example\n"
)


def test_numbers_of_a_merged_company_mean_the_survivor(import_file, admin, at):
    import_file(f"{ERP}\n1;Brandt KG;Kiel;Hans Maier\n2;Elbwerft;Kiel;Inge Abel\n")
    brandt, werft = Company.objects.order_by("erp_number")
    merging.merge(actor=admin, survivor=brandt, others=[werft], at=at)

    import_file(f"{ERP}\n2;Elbwerft;Kiel;Rosa Kern\n1;Brandt KG;Kiel;Otto Kern\n")

    assert Company.objects.get() == brandt
    assert brandt.employments.count() == 4
    assert not werft.employments.exists()
    assert companies_like(user=admin, text="2") == [brandt]


def test_the_number_of_a_merged_person_means_the_survivor(import_file, admin, at):
    import_file(LIST)
    maier, mayer = Person.objects.order_by("pk")
    merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)

    run = import_file(LIST.replace("mayer@", "neu@"), update_existing=True)

    assert Person.objects.get() == maier
    assert set(ImportRow.objects.filter(run=run).values_list("person", flat=True)) == {maier.pk}
    assert maier.contact_points.filter(contact_point__normalised="neu@brandt.example").exists()


def test_an_import_of_merged_records_stays_until_they_are_separated(
    import_file, take_back, admin, at
):
    run = import_file(LIST)
    maier, mayer = Person.objects.order_by("pk")
    merge = merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)

    take_back(run)

    assert Person.objects.get() == maier
    assert maier.contact_points.count() == 2
    assert ImportRow.objects.filter(run=run, reason_code="changed-since").count() == 2
    merging.undo(actor=admin, merge=merge, at=at)
    assert Person.objects.count() == 2


def test_an_undone_merge_does_not_keep_an_import(import_file, take_back, admin, at):
    run = import_file(LIST)
    maier, mayer = Person.objects.order_by("pk")
    merge = merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)
    merging.undo(actor=admin, merge=merge, at=at)

    take_back(run)

    assert not Person.with_aliases.exists()
