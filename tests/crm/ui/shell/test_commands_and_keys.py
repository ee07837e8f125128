"""What the palette offers and what the keyboard map tells."""

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui import commands, keys
from crm.ui.commands import Command
from crm.ui.keys import Key, Where


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_commands", {})
    commands.register(Command("account", "Mein Konto", "person", "account", keywords=("profil",)))
    commands.register(
        Command("new", "Konto anlegen", "plus", "user-new", Permission.ACCOUNTS_MANAGE,
                order=1, quick_add=True)
    )  # fmt: skip


@pytest.mark.usefixtures("only")
class TestCommands:
    def test_come_in_order_and_by_permission(self, sales: User, admin: User) -> None:
        assert found(sales) == ["account"]
        assert found(admin) == ["new", "account"]

    def test_are_found_by_the_beginnings_of_words(self, admin: User) -> None:
        assert found(admin, "kon anl") == ["new"]
        assert found(admin, "PROF") == ["account"]
        assert found(admin, "onto") == []

    def test_the_plus_menu_holds_those_that_add(self, sales: User, admin: User) -> None:
        assert commands.quick_adds_for(user=sales) == []
        assert [command.code for command in commands.quick_adds_for(user=admin)] == ["new"]

    def test_registering_twice_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="registered twice"):
            commands.register(Command("new", "Noch einmal", "plus", "account"))


def found(user: User, text: str = "") -> list[str]:
    return [command.code for command in commands.commands_for(user=user, text=text)]


def test_every_registered_command_has_a_page(admin: User) -> None:
    assert all(command.url.startswith("/") for command in commands.commands_for(user=admin))


def test_single_keys_can_be_left_out_of_the_map() -> None:
    everything = {key.code for _, entries in keys.by_place() for key in entries}
    without = {key.code for _, entries in keys.by_place(with_single=False) for key in entries}
    assert {"palette", "next-row", "map"} <= everything
    assert "palette" in without
    assert {"next-row", "previous-row", "map", "find"}.isdisjoint(without)


def test_only_one_printable_character_counts_as_single() -> None:
    assert Key("a", ("J",), "", Where.LIST).is_single
    assert not Key("b", ("Esc",), "", Where.LIST).is_single
    assert not Key("c", ("Strg", "K"), "", Where.LIST).is_single


def test_the_map_is_a_page_too(client: Client, sales: User) -> None:
    client.force_login(sales)
    page = client.get("/tasten/").content.decode()
    assert page.count("Nächste Zeile") == 2  # once in the page, once in the dialog of the shell
