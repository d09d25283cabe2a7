"""Files of other formats, made for tests: PDF, WARC, ZIP."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence


def make_pdf(pages: Sequence[Sequence[str]], title: str | None = None, *, extra: bytes = b"") -> bytes:
    """Make a PDF of pages of lines, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    info = f"/Title ({title})" if title is not None else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = b"".join(
            b"BT /F1 11 Tf 72 %d Td (%s) Tj ET\n" % (740 - 14 * row, _escape(line))
            for row, line in enumerate(lines)
            if line
        )
        stream = zlib.compress(drawn)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream)
        objects.append(head + stream + b"\nendstream")
    objects.append(f"<< {info} >>".encode("cp1252"))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s>>\n" % (len(objects) + 1, len(objects), extra)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _escape(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def make_zip(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_record(
    kind: str, address: str, body: bytes, headers: Mapping[str, str] | None = None, http: str = ""
) -> bytes:
    """Make a WARC record; `http` is the head of the HTTP answer in it, if it holds one."""
    block = (http.replace("\n", "\r\n") + "\r\n\r\n").encode() + body if http else body
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>",
        "WARC-Date": "2019-02-03T10:00:00Z",
        "WARC-Target-URI": address,
        "Content-Type": "application/http; msgtype=response" if http else "text/plain",
        **(headers or {}),
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def pack(*records: bytes) -> bytes:
    """Pack records as a .warc.gz has them, each by itself."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
