"""The two commands of the demo company."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from crm.demo import loading, staff
from crm.demo.management.commands.load_demo import grouped
from crm.kernel import audit, clock
from crm.platform import demo


def test_make_demo_files(tmp_path: Path) -> None:
    out = StringIO()
    call_command("make_demo_files", tmp_path, persons=120, companies=40, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(f"{tmp_path}/erp_kunden.csv: ")
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.django_db
def test_load_demo_does_nothing_when_it_was_done_before() -> None:
    audit.record(actor=None, action=loading.LOADED, at=clock.now())
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == ""


def test_the_log_ins_that_are_shown_are_those_that_exist() -> None:
    assert demo.LOG_INS == staff.SHOWN
    assert (demo.DOMAIN, demo.PASSWORD) == (staff.DOMAIN, staff.PASSWORD)
    assert set(staff.SHOWN) <= {colleague.mailbox for colleague in staff.COLLEAGUES}


def test_numbers_are_grouped_the_german_way() -> None:
    assert grouped(1234567) == "1.234.567"
