"""How something comes again, in words."""

from django.utils.translation import gettext as _


def label(rule: str) -> str:
    """``alle 2 Wochen``; of a rule that the form does not offer what it says itself."""
    return _words().get(_plain(rule), rule)


def choices(current: str = "") -> list[tuple[str, str]]:
    """What the form offers; a rule that is already there stands as it was fixed to its day."""
    offered = [("", _("einmal")), *_words().items()]
    if not current:
        return offered
    kept = [(rule, name) for rule, name in offered if rule != _plain(current)]
    return [kept[0], (current, label(current)), *kept[1:]]


def _words() -> dict[str, str]:
    return {
        "FREQ=DAILY": _("täglich"),
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": _("an Werktagen"),
        "FREQ=WEEKLY": _("jede Woche"),
        "FREQ=WEEKLY;INTERVAL=2": _("alle zwei Wochen"),
        "FREQ=MONTHLY": _("jeden Monat"),
        "FREQ=MONTHLY;INTERVAL=3": _("alle drei Monate"),
        "FREQ=YEARLY": _("jedes Jahr"),
    }


def _plain(rule: str) -> str:
    """Without the day that it was fixed to; working days are more than one."""
    parts = rule.split(";")
    fixed = ("BYMONTHDAY=", "BYMONTH=", "BYSETPOS=")
    kept = [part for part in parts if not part.startswith(fixed)]
    kept = [part for part in kept if not (part.startswith("BYDAY=") and "," not in part)]
    return ";".join(kept)
