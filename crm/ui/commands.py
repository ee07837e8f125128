"""What the command palette and the plus menu offer besides records."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from crm.accounts.models import User
from crm.accounts.policy import Permission


@dataclass(frozen=True, slots=True)
class Command:
    """One action with an address of its own.

    ``keywords`` are further words that find it, lower case. ``shortcut`` is printed beside it
    (``"Strg ↵"``). ``quick_add`` puts it into the plus menu. ``in_dialog`` loads its page into
    the dialog of the shell when scripts run. ``dialog`` names a dialog that is already there.
    """

    code: str
    label: str | Promise
    icon: str
    url_name: str
    permission: Permission | None = None
    keywords: tuple[str, ...] = ()
    shortcut: str = ""
    order: int = 100
    quick_add: bool = False
    in_dialog: bool = False
    dialog: str = ""

    @property
    def url(self) -> str:
        """The address of the action's page."""
        return reverse(self.url_name)


_commands: dict[str, Command] = {}


def register(command: Command) -> None:
    """Add a command.

    :raises ValueError: its code is taken
    """
    if command.code in _commands:
        raise ValueError(f"The command {command.code!r} is registered twice.")
    _commands[command.code] = command


def commands_for(*, user: User, text: str = "") -> list[Command]:
    """The commands the user may carry out; with ``text`` those whose words begin like it."""
    words = text.casefold().split()
    return [
        command
        for command in allowed(user.access.permissions)
        if all(_has_word(command, word) for word in words)
    ]


def allowed(permissions: frozenset[Permission]) -> list[Command]:
    """The commands that these permissions allow, in order."""
    return [
        command
        for command in sorted(_commands.values(), key=lambda command: command.order)
        if command.permission is None or command.permission in permissions
    ]


def quick_adds_for(*, user: User) -> list[Command]:
    """The commands of the plus menu."""
    return [command for command in commands_for(user=user) if command.quick_add]


def _has_word(command: Command, start: str) -> bool:
    words = (*str(command.label).casefold().split(), *command.keywords)
    return any(word.lstrip("„(").startswith(start) for word in words)
