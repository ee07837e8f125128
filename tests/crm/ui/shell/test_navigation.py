"""Areas of the rail: who sees what, what is current, what fits on a phone."""

import pytest

from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui import navigation
from crm.ui.navigation import NavItem


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})


def item(code: str, **values: object) -> NavItem:
    defaults = {"url_name": "account", "permission": None, "order": 10}
    return NavItem(code, code.title(), "person", **{**defaults, **values})  # type: ignore[arg-type]


@pytest.mark.usefixtures("empty_registry")
class TestAreas:
    def test_come_in_their_order(self, sales: User) -> None:
        navigation.register(item("later", order=20))
        navigation.register(item("sooner", order=5))
        assert codes(sales) == ["sooner", "later"]

    def test_without_permission_are_not_shown(self, sales: User, admin: User) -> None:
        navigation.register(item("accounts", permission=Permission.ACCOUNTS_MANAGE))
        assert codes(sales) == []
        assert codes(admin) == ["accounts"]

    def test_registering_twice_is_an_error(self) -> None:
        navigation.register(item("one"))
        with pytest.raises(ValueError, match="registered twice"):
            navigation.register(item("one"))

    def test_the_longest_prefix_is_current(self, sales: User) -> None:
        navigation.register(item("account"))
        navigation.register(item("keys", url_name="keys", also=("/konto/tasten/",)))
        assert current(sales, "/konto/") == ["account"]
        assert current(sales, "/konto/tasten/alle/") == ["keys"]
        assert current(sales, "/anderswo/") == []

    def test_only_five_stand_on_a_phone(self, sales: User) -> None:
        for number in range(7):
            navigation.register(item(f"area{number}", order=number, on_phone=True))
        areas = navigation.areas_for(user=sales, path="/")
        assert [area.on_phone for area in areas] == [True] * 5 + [False] * 2

    def test_a_counter_counts_for_the_user(self, sales: User) -> None:
        navigation.register(item("inbox", counter=lambda user: user.pk))
        assert navigation.areas_for(user=sales, path="/")[0].count == sales.pk

    def test_without_a_section_an_area_that_has_only_sections_is_not_shown(
        self, sales: User, admin: User
    ) -> None:
        navigation.register(item("area", url_name=""))
        navigation.register(item("section", within="area", permission=Permission.ACCOUNTS_MANAGE))
        assert codes(sales) == []
        assert codes(admin) == ["area"]

    def test_sections_are_tabs_once_there_are_two(self, admin: User) -> None:
        navigation.register(item("area", url_name=""))
        navigation.register(item("first", within="area"))
        assert navigation.sections_for(user=admin, path="/konto/") == []
        navigation.register(item("second", within="area", url_name="keys", order=20))
        sections = navigation.sections_for(user=admin, path="/tasten/")
        assert [(tab.item.code, tab.is_current) for tab in sections] == [
            ("first", False),
            ("second", True),
        ]
        area = navigation.areas_for(user=admin, path="/tasten/")[0]
        assert (area.url, area.is_current) == ("/konto/", True)


def codes(user: User) -> list[str]:
    return [area.item.code for area in navigation.areas_for(user=user, path="/")]


def current(user: User, path: str) -> list[str]:
    areas = navigation.areas_for(user=user, path=path)
    return [area.item.code for area in areas if area.is_current]


def test_every_registered_area_leads_somewhere(admin: User) -> None:
    areas = navigation.areas_for(user=admin, path="/")
    assert all(area.url.startswith("/") for area in areas)
    assert "administration" in [area.item.code for area in areas]
