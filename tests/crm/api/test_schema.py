"""The OpenAPI document is complete and free of warnings."""

from io import StringIO

from django.core.management import call_command


def test_the_document_has_no_warnings(db: None) -> None:
    out, err = StringIO(), StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out, stderr=err)
    assert err.getvalue() == ""
    assert "openapi: 3" in out.getvalue()
