"""Names, values and words of others, written so that a message stays one readable line that no terminal obeys."""

from __future__ import annotations

SHOWN_LENGTH = 80


def escape(text: str) -> str:
    r"""Write control, invisible and undecodable characters as their escapes.

    >>> print(escape("a\nb\x1b[31m.txt"))
    a\nb\x1b[31m.txt
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quote(text: str) -> str:
    """Escape a value, cut it to a readable length, and put it in quotation marks.

    >>> quote("Tuesday")
    "'Tuesday'"
    """
    shown = escape(text[:SHOWN_LENGTH])
    return f"'{shown}…'" if len(text) > SHOWN_LENGTH else f"'{shown}'"
