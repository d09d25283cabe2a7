"""Fetching what stands at web addresses: politely, within limits, from public hosts unless others are allowed.

Nothing here runs unless a user names a web address. What is needed is the extra `web`.
"""

from __future__ import annotations

from kg.read.fetch.settings import Fetching

__all__ = ["Fetching"]
