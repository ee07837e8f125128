"""The style guide shows everything there is."""

import re

from django.template import engines
from django.test import Client

from crm.accounts.models import User
from crm.ui.screens.styleguide import material
from crm.ui.templatetags import ui

PARTS = ("styleguide", "ground", "controls", "content", "floating")
ELSEWHERE = {"pending_toasts", "dialog_page", "form_errors", "slot", "kbd"}


def test_every_component_is_shown() -> None:
    templates = [engines["django"].get_template(f"styleguide/{part}.html") for part in PARTS]
    source = "".join(template.template.source for template in templates)
    shown = set(re.findall(r"{% (\w+)", source))
    assert set(ui.register.tags) - shown - ELSEWHERE == set()


def test_every_sign_and_colour_of_the_files_is_shown(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get("/styleguide/").content.decode()
    assert len(material.signs()) == 76
    assert all(f"#i-{name}" in page for name in material.signs())
    assert all(f"sw--{colour}" in page for _, colours in material.scales() for colour in colours)


def test_no_page_carries_style_or_script_of_its_own(client: Client, admin: User) -> None:
    client.force_login(admin)
    for path in ("/styleguide/", "/konto/", "/verwaltung/konten/", "/verwaltung/rollen/"):
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == 200
        assert " style=" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
