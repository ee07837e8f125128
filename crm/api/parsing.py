"""JSON bodies that the database can hold: no NUL, no half of a surrogate pair, not too deep."""

import re
from collections.abc import Mapping
from typing import IO, Any, Final

from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser

DEEPEST: Final = 50
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


class TextJSONParser(JSONParser):
    """Reads JSON as :class:`JSONParser` does and refuses what PostgreSQL could not store."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The parsed body.

        :raises ParseError: malformed JSON, text that is none, or nested deeper than 50 times
        """
        try:
            body = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_too_deep()) from error
        require_storable(body)
        return body


class LenientJSONParser(TextJSONParser):
    """Reads JSON with signs that no text has, as a badge or card may bear them: each becomes �."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The parsed body.

        :raises ParseError: malformed JSON, or nested deeper than 50 times
        """
        try:
            body = cleaned(JSONParser.parse(self, stream, media_type, parser_context))
        except RecursionError as error:
            raise ParseError(_too_deep()) from error
        require_storable(body)
        return body


def cleaned(value: Any) -> Any:
    """Plain values of which every text can be stored."""
    if isinstance(value, str):
        return value if is_text(value) else _UNSTORABLE.sub("�", value)
    if isinstance(value, dict):
        return {cleaned(name): cleaned(each) for name, each in value.items()}
    return [cleaned(each) for each in value] if isinstance(value, list) else value


class FilesParser(MultiPartParser):
    """Reads forms with files; too many of them are a mistake of the client like any other."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Fields and files.

        :raises ParseError: malformed, or more files or fields than one request may have
        """
        try:
            return super().parse(stream, media_type, parser_context)
        except (TooManyFilesSent, TooManyFieldsSent) as error:
            raise ParseError(
                _("Die Anfrage enthält zu viele Dateien oder Felder. Bitte teilen Sie sie.")
            ) from error


class RawParser(BaseParser):
    """Takes a body as the bytes that it is."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body."""
        return stream.read()


def require_storable(body: Any) -> None:
    """Pass plain values that PostgreSQL can store as text and JSON.

    :raises ParseError: they cannot be
    """
    level: list[Any] = [body]
    for _depth in range(DEEPEST):
        if any(isinstance(each, str) and not is_text(each) for each in level):
            raise ParseError(_("Die Anfrage enthält ein Zeichen, das in keinem Text vorkommt."))
        if any(isinstance(each, float) and abs(each) == float("inf") for each in level):
            raise ParseError(_("Die Anfrage enthält eine Zahl, die zu groß ist."))
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return
    raise ParseError(_too_deep())


def is_text(text: str) -> bool:
    """Whether PostgreSQL can store it: UTF-8 without NUL."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _too_deep() -> str:
    return _("Die Anfrage ist zu tief verschachtelt.")
