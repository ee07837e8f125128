"""What a record got that was typed for a new one, and what it did not get, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from contacts import difference_texts
from contacts.supplementing import Item, Supplement
from crm.ui import toasts
from crm.ui.access import Request


def tell(request: Request, found: Supplement) -> None:
    """Messages on the page that follows; what was left out stays there until it is closed."""
    name = found.record.full_name
    if found.added:
        text = _("„%(name)s“ ist ergänzt: %(added)s.")
        toasts.show(request, text % {"name": name, "added": _listed(found.added)})
    else:
        text = _("Bei „%(name)s“ stand schon alles; nichts ist geändert.")
        toasts.show(request, text % {"name": name}, kind="")
    if found.kept:
        text = _("Nicht übernommen: %(kept)s.") % {"kept": _listed(found.kept)}
        toasts.show(request, text, kind="check")


def _listed(items: Sequence[Item]) -> str:
    return "; ".join(_told(item) for item in items)


def _told(item: Item) -> str:
    words = difference_texts.difference(item.name, old=item.there, new=item.typed)
    if item.there:
        text = _("%(label)s „%(typed)s“, dort steht „%(there)s“")
        return text % {"label": words.label, "typed": words.new, "there": words.old}
    return f"{words.label} {words.new}"
