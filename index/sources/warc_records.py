"""A web archive cut into its records, in such a way that a damaged one costs no more than itself.

warcio and fastwarc, which read archives else, stop at damage, or give out a record whose checksum is wrong.
The format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BufferedReader

_BLOCK = 64 * 1024
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_LONGEST_START = len("WARC/1.10\r\n")
_LONGEST_HEADER = 256 * 1024
_RECORD_END = b"\r\n\r\n"
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_MOST_REREAD = 10  # times the limit of a record: what is searched again after wrong lengths


@dataclass(frozen=True)
class Record:
    """A record: its header and its content as they stand. `content` is None for one over the limit."""

    header: bytes
    content: bytes | None


def records(stream: BufferedReader, max_bytes: int) -> Iterator[Record | None]:
    """Give the records of an archive, packed or not, in order; None stands for a damaged stretch of it."""
    blocks = _unpacked(stream) if stream.peek(len(_GZIP)).startswith(_GZIP) else _plain(stream)
    scanner = _Scanner(blocks, _MOST_REREAD * max_bytes)
    was_damaged = False
    while True:
        is_clean = scanner.skip_to_record()
        if not is_clean and not was_damaged:
            was_damaged = True
            yield None
        if scanner.is_done:
            return
        header = scanner.header()
        length = _LENGTH.search(header)
        content, is_whole = scanner.take(int(length[1]), max_bytes) if length else (b"", False)
        if is_whole and scanner.is_between_records():
            was_damaged = False
            yield Record(header, content)
        else:
            scanner.reread(content or b"")  # a wrong length may have taken the next records along
            if not was_damaged:
                was_damaged = True
                yield None


class _Edge(Enum):
    """What there may be between two blocks."""

    NONE = 0
    MEMBER = 1  # a gzip member ended here, and its checksum is right
    DAMAGE = 2
    END = 3


def _plain(stream: BufferedReader) -> Iterator[bytes | _Edge]:
    while block := stream.read(_BLOCK):
        yield block


def _unpacked(stream: BufferedReader) -> Iterator[bytes | _Edge]:
    """What the gzip members of `stream` hold; after a damaged one it goes on with the next."""
    packed = b""
    unpacker = zlib.decompressobj(wbits=31)
    is_begun = False
    while True:
        packed = packed or stream.read(_BLOCK)
        if not packed and not is_begun:
            return
        try:
            block = unpacker.decompress(packed, _BLOCK)
        except zlib.error:
            yield _Edge.DAMAGE
            packed = _from_next_member(packed if is_begun else packed[1:], stream)
            unpacker, is_begun = zlib.decompressobj(wbits=31), False
            continue
        if block:
            yield block
        elif not packed and not unpacker.eof:
            yield _Edge.DAMAGE  # the file ends inside a member
            return
        is_begun = not unpacker.eof
        packed = unpacker.unconsumed_tail
        if unpacker.eof:
            yield _Edge.MEMBER
            packed = unpacker.unused_data.lstrip(b"\0")  # some pad the file
            unpacker = zlib.decompressobj(wbits=31)


def _from_next_member(packed: bytes, stream: BufferedReader) -> bytes:
    while (start := packed.find(_GZIP)) < 0:
        block = stream.read(_BLOCK)
        if not block:
            return b""
        packed = packed[-len(_GZIP) + 1 :] + block
    return packed[start:]


class _Scanner:
    """Reads forward through blocks, of which it holds the one at hand."""

    def __init__(self, blocks: Iterator[bytes | _Edge], most_reread: int) -> None:
        self.is_done = False
        self._blocks = blocks
        self._most_reread = most_reread
        self._held = b""
        self._at = 0

    def skip_to_record(self) -> bool:
        """Go to the next start of a record, or the end; returns False if anything else stood before it."""
        is_clean = True
        while True:
            start = _START.search(self._held, self._at)
            end = start.start() if start else max(self._at, len(self._held) - _LONGEST_START)
            is_clean = is_clean and not self._held[self._at : end].strip()
            self._at = end
            if start:
                return is_clean
            edge = self._more()
            if edge in (_Edge.DAMAGE, _Edge.END):
                is_clean = is_clean and edge is _Edge.END and not self._held[self._at :].strip()
                self._held, self._at = b"", 0
            if edge is _Edge.END:
                self.is_done = True
                return is_clean

    def header(self) -> bytes:
        """The header that stands here, without the blank line after it; "" where it has no end."""
        while not (end := _HEADER_END.search(self._held, self._at)):
            if len(self._held) - self._at > _LONGEST_HEADER or self._more() in (_Edge.DAMAGE, _Edge.END):
                self._held, self._at = b"", 0
                return b""
        header = self._held[self._at : end.start()]
        self._at = end.end()
        return header

    def take(self, length: int, max_bytes: int) -> tuple[bytes | None, bool]:
        """The next `length` bytes, None if they are over the limit, and whether they are all there."""
        parts: list[bytes] = []
        left = length
        edge = _Edge.NONE
        while left and edge not in (_Edge.DAMAGE, _Edge.END):
            part = self._held[self._at : self._at + left]
            self._at += len(part)
            left -= len(part)
            if length <= max_bytes:
                parts.append(part)
            if left:
                edge = self._more()
        return b"".join(parts) if length <= max_bytes else None, not left

    def is_between_records(self) -> bool:
        """True if a record may end here: by its blank lines, or by what follows; unless that is damage."""
        while True:
            after = self._held[self._at : self._at + 64]
            ahead = after.lstrip(b"\r\n")
            if ahead and (len(ahead) >= _LONGEST_START or self._more() is not _Edge.NONE):
                return after.startswith(_RECORD_END) or _START.match(ahead) is not None
            if not ahead:
                edge = self._more()
                if edge is not _Edge.NONE:
                    return edge is not _Edge.DAMAGE

    def reread(self, content: bytes) -> None:
        """Read `content`, which was taken, once more, though not time and again."""
        if len(content) <= self._most_reread:
            self._most_reread -= len(content)
            self._held, self._at = content + self._held[self._at :], 0

    def _more(self) -> _Edge:
        """Hold another block; returns what came in its place, if anything."""
        block = next(self._blocks, _Edge.END)
        if isinstance(block, _Edge):
            return block
        self._held, self._at = self._held[self._at :] + block, 0
        return _Edge.NONE
