"""The one error of normalising, and the cleaning every reader starts with."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Unreadable(ValueError):
    """A text that has no canonical form.

    ``code``      kebab-case, stable, for programs
    ``template``  German sentence with named placeholders, marked for translation
    ``data``      what fills the placeholders
    ``proposal``  a text that could be read in its place, or ""
    """

    def __init__(self, code: str, template: str, proposal: str = "", **data: str) -> None:
        self.code = code
        self.template = template
        self.data = data
        self.proposal = proposal
        super().__init__(code, template, proposal)

    @property
    def message_de(self) -> str:
        """The German sentence with its placeholders filled."""
        return self.template % self.data if self.data else self.template

    def __str__(self) -> str:
        return self.message_de


def gettext_noop(message: str) -> str:
    """Mark a German sentence for the catalogue; whoever shows it translates it."""
    return message


def cleaned(text: str) -> str:
    """Composed Unicode, no invisible signs, single ordinary spaces, none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
