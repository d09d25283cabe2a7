"""The errors that kg raises, split by whose fault it is.

KgError
├── SourceError     the source cannot be read
├── OntologyError   the ontology is wrong
├── PipelineError   the language pipeline is missing or does not fit
├── QueryError      the query is wrong, or was stopped at a limit
├── StoreError      the store cannot be opened or written
└── SettingError    a setting is wrong
"""

from __future__ import annotations


class KgError(Exception):
    """The root: its message says what happened, with which value, and what to do."""


class SourceError(KgError):
    """A source cannot be read."""


class OntologyError(KgError):
    """An ontology is wrong: the message names the file and the line or the term."""


class PipelineError(KgError):
    """A language pipeline is missing or does not fit."""


class QueryError(KgError):
    """A query is wrong, or was stopped at a limit."""


class StoreError(KgError):
    """A store cannot be opened or written."""


class SettingError(KgError):
    """A setting is wrong."""
