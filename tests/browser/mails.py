"""Reading mails as whoever got them."""


def link_in(text: str, *, part: str) -> str:
    """The line of a mail with this part of an address in it."""
    return next(line for line in text.splitlines() if part in line).strip()
