"""Files as streams: what is wrong with one is a ReadError, and no more is unpacked than is asked for."""

import gzip
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from index.errors import ReadError

_BLOCK = 64 * 1024
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, lzma.LZMAError)


class _Guarded(io.RawIOBase):
    """Reads from `stream`; its failures become ReadErrors of `source`, and `on_bytes` hears what was read."""

    def __init__(
        self,
        stream: IO[bytes],
        source: str,
        damaged: str,
        on_bytes: Callable[[int], None],
        is_seekable: bool,
    ) -> None:
        self._stream, self._source, self._damaged = stream, source, damaged
        self._on_bytes, self._is_seekable = on_bytes, is_seekable

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._is_seekable

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, says typeshed
        try:
            data = self._stream.read(len(buffer))
        except _DAMAGE:
            raise ReadError(self._source, self._damaged) from None
        except OSError as error:
            raise ReadError(self._source, why(error)) from None
        buffer[: len(data)] = data
        self._on_bytes(len(data))
        return len(data)


class Meter:
    """Counts the bytes read of files, for `on_read(bytes so far, bytes in all)`."""

    def __init__(self, files: Iterable[Path], on_read: Callable[[int, int], None]) -> None:
        self._sizes = {file: _size(file) for file in files}
        self._total = sum(self._sizes.values())
        self._done = 0
        self._on_read = on_read
        on_read(0, self._total)

    @contextmanager
    def reading(self, file: Path) -> Iterator[Callable[[int], None]]:
        """What is to hear the size of each piece of a file. At the end all of it counts as read."""
        size, read = self._sizes[file], 0

        def on_bytes(count: int) -> None:
            nonlocal read
            read = min(read + count, size)  # some formats go back and read a part again
            self._on_read(self._done + read, self._total)

        try:
            yield on_bytes
        finally:
            self._done += size
            self._on_read(self._done, self._total)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # said when the file is opened
        return 0


def guarded(
    stream: IO[bytes],
    source: str,
    *,
    damaged: str = "is damaged",
    on_bytes: Callable[[int], None] = lambda _: None,
    is_seekable: bool = True,
) -> io.BufferedReader:
    """Give `stream` as one whose failures are ReadErrors of `source`; `on_bytes` hears of each read."""
    return io.BufferedReader(_Guarded(stream, source, damaged, on_bytes, is_seekable), _BLOCK)


@contextmanager
def opened(path: Path, source: str, on_bytes: Callable[[int], None]) -> Iterator[io.BufferedReader]:
    """Open a file for reading. Raises ReadError where it can't be, then or later."""
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise ReadError(source, why(error)) from None
    with file:
        yield guarded(file, source, on_bytes=on_bytes)


def unpacked(stream: IO[bytes], source: str) -> io.BufferedReader:
    """Give what the gzip data of `stream` stands for; it can't be sought in."""
    packed = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    damaged = "is a damaged or incomplete .gz file; pack or fetch it again"
    return guarded(packed, source, damaged=damaged, is_seekable=False)  # it goes back by unpacking all again


def read_within(stream: IO[bytes], source: str, max_bytes: int) -> bytes:
    """Read a whole document of at most `max_bytes`. Raises ReadError for an empty or a larger one."""
    blocks: list[bytes] = []
    size = 0
    # Asked for all at once, a stream makes room for all that is allowed, for every small file.
    while block := stream.read(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > max_bytes:  # no more is unpacked, however much a small .gz stands for
            raise too_large(source, max_bytes)
    if not blocks:
        raise ReadError(source, "is empty")
    return b"".join(blocks)


@contextmanager
def seekable(stream: io.BufferedReader, source: str, max_bytes: int) -> Iterator[IO[bytes]]:
    """Give `stream` as one that can be sought in: itself, or a temporary file of at most `max_bytes`."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024**2) as file:
        while block := stream.read(_BLOCK):
            if file.tell() + len(block) > max_bytes:
                raise ReadError(source, f"unpacks to more than {size_in_words(max_bytes)}; unpack it first")
            file.write(block)
        file.seek(0)
        yield file


def too_large(source: str, max_bytes: int) -> ReadError:
    """The error for a document, row or member over the limit."""
    return ReadError(
        source,
        f"is larger than the limit of {size_in_words(max_bytes)}; split it, or raise NEWSCITE_MAX_FILE_MB",
    )


def size_in_words(size: int) -> str:
    """`size` bytes as "100 MB"."""
    return f"{size / 1024**2:.3g} MB" if size >= 1024**2 else f"{size} bytes"


def why(error: Exception) -> str:
    """What an error of the file system means for who asked for the file."""
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    return f"can't be read: {getattr(error, 'strerror', None) or error}"
