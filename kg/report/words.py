"""Words of a report: who says what, and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.lookup import Claim

_SAYS: Final = {"claimed": "says", "denied": "denies", "possible": "holds it possible"}
_SAID: Final = {
    "claimed": "Somebody not named says",
    "denied": "The article says it is not so",
    "possible": "The article holds it possible",
}


def says(claim: Claim) -> str:
    """Say who stands behind a claim, and how: what is claimed follows."""
    if claim.speaker is None:
        return _SAID.get(claim.status, _SAID["claimed"])
    return f"{claim.speaker.label} {_SAYS.get(claim.status, claim.status)}"


def number(text: str) -> str:
    """Write a whole number with its thousands set apart; any other text stays as it is.

    >>> number("1502"), number("12.5")
    ('1,502', '12.5')
    """
    return f"{int(text):,}" if text.isascii() and text.isdecimal() else text
