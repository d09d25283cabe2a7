"""Sends the files under /static: compressed where they lie compressed, and for good where their name holds a hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from kg import assets

if TYPE_CHECKING:
    from starlette.types import Scope

_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_SENT: Final = ("assets", "licences.json")
"""What browsers have a use for: manifests and notes of the build are not sent."""

_LONGEST: Final = 200  # characters of a name: file systems refuse longer ones


def static_app() -> StaticFilesApp:
    """Make the application that sends the files under /static: compressed where the client takes it.

    Files whose name holds a hash may be kept by browsers for good. Names that lead out of the folder are not found.
    """
    return StaticFilesApp(assets.STATIC, assets.PLAIN_STYLE)


class StaticFilesApp(StaticFiles):
    """The built files of a folder; `style.css` is the plain style, for pages whose scripts were not built."""

    def __init__(self, folder: Path, plain_style: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._plain_style = plain_style

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer for a path below the folder; raises HTTPException 404 and 405."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(status_code=405)
        name = path.replace("\\", "/")
        if name == "style.css":
            return FileResponse(self._plain_style, media_type="text/css", headers={"Cache-Control": "no-cache"})
        first = name.split("/")[0]
        if "\0" in name or len(name) > _LONGEST or first not in _SENT or name.endswith(".gz"):
            raise HTTPException(status_code=404)
        response = await self._plain_or_compressed(name, scope)
        response.headers["Cache-Control"] = _FOR_GOOD if first == "assets" else "no-cache"
        return response

    async def _plain_or_compressed(self, name: str, scope: Scope) -> Response:
        """Send the gzip form with the type of the plain one, where there is one and the client takes it."""
        compressed, _ = self.lookup_path(name + ".gz")
        if not compressed:
            return await super().get_response(name, scope)
        if not _takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            response = await super().get_response(name, scope)
        else:
            response = await super().get_response(name + ".gz", scope)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = FileResponse(name).headers["Content-Type"]
        response.headers.add_vary_header("Accept-Encoding")
        return response


def _takes_gzip(accepted: str) -> bool:
    """Read Accept-Encoding (RFC 9110): gzip must be named with a weight above nought.

    >>> _takes_gzip("br, gzip;q=0.5"), _takes_gzip("gzip; q=0"), _takes_gzip("br")
    (True, False, False)
    """
    for each in accepted.lower().split(","):
        coding, _, parameter = each.partition(";")
        if coding.strip() == "gzip":
            return parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
