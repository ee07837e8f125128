"""Bodies of messages: mark-up becomes text, and the original is kept beside it as a file."""

import re

from bs4 import BeautifulSoup, Comment

from history.attachments import Upload

UNSEEN = ("script", "style", "head", "template", "noscript", "iframe", "object")
BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre", "table")
ORIGINAL = "Original.html"


def text_of(html: str) -> str:
    """What a reader sees of a message with mark-up: no scripts, no styles, no comments."""
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup(UNSEEN):
        unseen.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for block in soup(BLOCKS):
        block.insert_before("\n")
        if block.name not in ("br", "li", "tr"):
            block.append("\n")
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in soup.get_text().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_file(html: str) -> Upload:
    """The message as it came, to be downloaded."""
    return Upload(name=ORIGINAL, content=html.encode())
