"""The lines of a file that need not fit into memory, in whatever encoding it is.

A line ends at CR, LF or both, and keeps its end. Each is decoded by itself, so that one in another encoding
than the rest costs that line at most.
"""

import codecs
import io
from collections.abc import Iterator

from index.errors import ReadError
from index.sources.decode import SAMPLE, decode, encoding_of
from index.sources.streams import too_large

_BLOCK = 64 * 1024
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def text_lines(stream: io.BufferedReader, source: str, max_bytes: int) -> Iterator[str | ReadError]:
    """Give the lines of a text file, or for one over `max_bytes` or in no known encoding the error, in order.

    A byte-order mark is left out. Raises ReadError for binary data, and for an encoding nothing recognises.
    """
    head = stream.read(SAMPLE)
    encoding = encoding_of(head, source)
    blocks = _blocks(head, stream)
    if encoding in _WIDE:
        blocks, encoding = _as_utf8(blocks, encoding, source), "utf-8"
    mark = codecs.BOM_UTF8
    for line in _byte_lines(blocks, max_bytes):
        if line is None:
            yield too_large(source, max_bytes)
        else:
            yield _decoded(line.removeprefix(mark), encoding, source)
        mark = b""


def _decoded(line: bytes, encoding: str, source: str) -> str | ReadError:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        try:
            return decode(line, source)
        except ReadError as error:
            return error


def _blocks(head: bytes, stream: io.BufferedReader) -> Iterator[bytes]:
    yield head
    while block := stream.read(_BLOCK):
        yield block


def _as_utf8(blocks: Iterator[bytes], encoding: str, source: str) -> Iterator[bytes]:
    """In these encodings the bytes of a line end are part of other characters too."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError:
        raise ReadError(source, f"starts as {encoding} but is damaged; save it again as UTF-8") from None


def _byte_lines(blocks: Iterator[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """The lines with their ends; None stands for one of more than `max_bytes`, which is not kept."""
    parts: list[bytes] = []  # of the line whose end hasn't come yet
    size = 0
    half = b""  # a CR that ended a block: LF may follow
    for block in blocks:
        *_, last = lines = (half + block).splitlines(keepends=True) or [b""]
        half = b"\r" if last.endswith(b"\r") else b""
        lines[-1] = last.removesuffix(b"\r")
        for line in lines:
            size += len(line)
            if size <= max_bytes:
                parts.append(line)
            else:
                parts.clear()
            if line.endswith((b"\n", b"\r")):
                yield b"".join(parts) if size <= max_bytes else None
                parts, size = [], 0
    if parts or size or half:
        yield b"".join([*parts, half]) if size <= max_bytes else None
