"""What differs between the two lists on the screen: words and addresses."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from contacts.listing import ListName
from crm.ui.formats import number


@dataclass(frozen=True, slots=True)
class Screen:
    """One list on the screen; ``prefix`` begins the names of its addresses."""

    name: ListName
    prefix: str
    icon: str
    new_label: str | Promise
    empty_title: str | Promise
    empty_text: str | Promise

    @property
    def label(self) -> str:
        """The heading."""
        return self.name.label

    def url(self, part: str = "list", **kwargs: object) -> str:
        """The address of a part: ``list``, ``new``, ``detail``, ``counts``, ``export`` …"""
        return reverse(f"{self.prefix}-{part}", kwargs=kwargs or None)

    def counted(self, count: int) -> str:
        """``1 Firma``, ``12 Ansprechpartner``."""
        if self.name is ListName.PERSONS:
            pattern = ngettext("%(n)s Ansprechpartner", "%(n)s Ansprechpartner", count)
        else:
            pattern = ngettext("%(n)s Firma", "%(n)s Firmen", count)
        return pattern % {"n": number(count)}


SCREENS = {
    screen.name: screen
    for screen in (
        Screen(
            ListName.PERSONS,
            "person",
            "person",
            pgettext_lazy("Einzahl", "Ansprechpartner"),
            _("Noch keine Ansprechpartner"),
            _("Hier steht jeder Mensch, mit dem Sie zu tun haben, genau einmal."),
        ),
        Screen(
            ListName.COMPANIES,
            "company",
            "company",
            _("Firma"),
            _("Noch keine Firmen"),
            _("Hier steht jede Firma mit ihren Ansprechpartnern, genau einmal."),
        ),
    )
}
