"""The entities that an RDF/XML file declares: the engine puts them in wherever they are named, however long it gets."""

from __future__ import annotations

from typing import BinaryIO, Final
from xml.parsers import expat

from kg.errors import SourceError

LONGEST: Final = 300
"""So many characters an entity may have: the namespace that it stands for."""

_CHUNK: Final = 1 << 16


class _RootReached(Exception):  # noqa: N818
    """All declarations were read."""


def check_entities(stream: BinaryIO) -> None:
    """Look at the beginning of an XML file, up to its first element; raise SourceError for entities that grow.

    An entity that names a namespace is fine; one that names other entities can stand for gigabytes, a long one too.
    Nothing that is declared to lie elsewhere is fetched. Raises SourceError for what is no XML, too.
    """
    parser = expat.ParserCreate()

    def declare(name: str, is_parameter: bool, value: str | None, *_elsewhere: str | None) -> None:
        if is_parameter or value is None or "&" in value or "%" in value or len(value) > LONGEST:
            line = parser.CurrentLineNumber
            raise SourceError(f"line {line} declares the entity {name}, which is no short text; write it out instead")

    def skip(name: str, is_parameter: bool) -> None:
        if is_parameter:
            raise SourceError(f"line {parser.CurrentLineNumber} uses the entity %{name};; take it out")

    def end(*_: object) -> None:
        raise _RootReached

    parser.EntityDeclHandler = declare
    parser.SkippedEntityHandler = skip
    parser.StartElementHandler = end
    try:
        while data := stream.read(_CHUNK):
            parser.Parse(data)
    except _RootReached:
        return
    except expat.ExpatError as error:
        told = expat.ErrorString(error.code)
        raise SourceError(f"line {error.lineno} is no XML ({told}); mend it there") from None
    except (LookupError, ValueError):
        raise SourceError("line 1 names an encoding that XML is not read in; save it as UTF-8") from None
