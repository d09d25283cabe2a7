"""Files that are written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError


@contextmanager
def replace_file(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its name at the end; after an error `path` is as it was.

    Missing parent folders are made. Raises StoreError when the file cannot be written.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            yield file
        temporary.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror or error}); choose another file") from error
    finally:
        temporary.unlink(missing_ok=True)
