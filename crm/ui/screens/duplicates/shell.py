"""What duplicates add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW, RUN, MANAGE = (
    Permission.CONTACTS_VIEW,
    Permission.DUPLICATES_RUN,
    Permission.CRITERIA_MANAGE,
)
AREA = "duplicates"

navigation.register(NavItem(AREA, _("Dubletten"), "copy", "duplicate-list", VIEW, 55))
for _section in (
    NavItem("suspects", _("Verdachtsfälle"), "copy", "duplicate-list", VIEW, 10, within=AREA),
    NavItem("decisions", _("Entscheidungen"), "check", "decision-list", VIEW, 20, within=AREA),
    NavItem("matching-runs", _("Suchläufe"), "play", "matching-run-list", RUN, 30, within=AREA),
    NavItem("matching-model", _("Modell"), "chart", "matching-model", MANAGE, 40, within=AREA),
):
    navigation.register(_section)
for _command in (
    Command("duplicates", _("Dubletten ansehen"), "copy", "duplicate-list", VIEW,
            keywords=("doppelt", "doubletten", "verdacht", "abgleich"), order=130),
    Command("matching-runs", _("Nach Dubletten suchen"), "play", "matching-run-list", RUN,
            keywords=("dublettensuche", "abgleich", "lauf"), order=640),
    Command("matching-model", _("Modell der Dublettensuche ansehen"), "chart", "matching-model",
            MANAGE, keywords=("gewichte", "dubletten"), order=870),
):  # fmt: skip
    commands.register(_command)
for _code, _cap, _label in (
    ("merge-records", _("Eingabe"), _("Gegenüberstellung: zusammenführen")),
    ("records-apart", "V", _("Gegenüberstellung: verschieden")),
    ("group-later", "S", _("Gegenüberstellung: später")),
    ("next-group", "N", _("Gegenüberstellung: nächste Gruppe")),
    ("previous-group", "P", _("Gegenüberstellung: vorige Gruppe")),
    ("compare-field", "↓", _("Gegenüberstellung: nächstes Feld, mit ↑ voriges")),
    ("compare-side", "→", _("Gegenüberstellung: Wert rechts nehmen, mit ← links")),
    ("compare-column", "1", _("Gegenüberstellung: Wert aus Spalte A, mit 2 aus B und so weiter")),
    ("compare-equal", "F", _("Gegenüberstellung: gleiche Felder zeigen")),
):
    keys.register(Key(_code, (_cap,), _label, Where.RECORD))
for _key in (
    Key("same-record", ("G",), _("Dublette: gleich, ein und derselbe Eintrag"), Where.LIST),
    Key("different-records", ("V",), _("Dublette: verschieden"), Where.LIST),
):
    keys.register(_key)
