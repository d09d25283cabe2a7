"""Readings as bytes: small to keep, quick to make again, and to send from one process of a build to another.

They are pickles: never written to a file, never read from one.
"""

from __future__ import annotations

import pickle
import zlib
from typing import Final

from kg.model import Reading

_LEVEL: Final = 1


def pack(reading: Reading) -> bytes:
    """Make a reading bytes, about as many as its article has characters."""
    return zlib.compress(pickle.dumps(reading, pickle.HIGHEST_PROTOCOL), _LEVEL)


def unpack(packed: bytes) -> Reading:
    """Make the reading again."""
    reading: Reading = pickle.loads(zlib.decompress(packed))
    return reading
