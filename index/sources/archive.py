"""ZIP archives: their members as streams, within limits that hold whatever the archive claims.

No member is unpacked onto disk, and none further than it is read.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO

from index.errors import ReadError
from index.sources.decode import decode
from index.sources.kinds import DOCUMENTS, READABLE, kind_of_name, unsupported
from index.sources.skipped import Skipped
from index.sources.streams import guarded, seekable, size_in_words, too_large

_MOST_MEMBERS = 500_000
_LARGEST_DIRECTORY = 128 * 1024**2  # bytes of the list of members, which is held whole
_LARGEST_TOTAL = 100  # times the limit of one document: what all members may unpack to, or
_LARGEST_RATIO = 20  # times the archive's own size, if that is more; pages and JSON have about 5
_ENCRYPTED = 0x1  # flags of a member
_UTF8_NAME = 0x800
_CONTROLS = str.maketrans(dict.fromkeys(range(32), "\ufffd"))


def members(
    stream: io.BufferedReader, source: str, max_bytes: int
) -> Iterator[tuple[str, io.BufferedReader] | Skipped]:
    """Give the members that can be read, each with its name `archive.zip#path/in/zip.html`, in their order.

    A member is to be read before the next is asked for. Hidden ones are passed over. Raises ReadError where
    the archive is damaged or holds nothing to read.
    """
    largest = _LARGEST_TOTAL * max_bytes
    with seekable(stream, source, largest) as file, _opened(file, source) as archive:
        left = max(largest, _LARGEST_RATIO * file.seek(0, io.SEEK_END))
        for name, info in _readable(archive, source):
            member = f"{source}#{name}"
            refusal = _refusal(name, info, max_bytes)
            if refusal:
                yield Skipped(member, refusal)
                continue
            left -= info.file_size  # zipfile gives no more of a member than this, be it true or not
            if left < 0:
                limit = size_in_words(largest)
                reason = f"unpacks to over {limit}: {name} and what follows is left out; unpack it first"
                raise ReadError(source, reason)
            try:
                yield member, _member(archive, info, member)
            except ReadError as error:
                yield Skipped(error.source, error.reason)


class _Bounded(io.RawIOBase):
    """The archive's file, of which zipfile is given no list of members that fills the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_DIRECTORY:
            raise zipfile.BadZipFile("the list of members is too long")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _opened(file: IO[bytes], source: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(_Bounded(file))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, IndexError):
        raise ReadError(source, "is damaged, or no ZIP archive; pack or fetch it again") from None
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise ReadError(source, f"has more than {_MOST_MEMBERS:,} members; unpack it first")
    return archive


def _readable(archive: zipfile.ZipFile, source: str) -> list[tuple[str, zipfile.ZipInfo]]:
    """The archive's files but for hidden ones. Raises ReadError where none is of a kind that can be read."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    named = [(name, info) for name, info in zip(_names(infos), infos, strict=True) if not _is_hidden(name)]
    if not any(kind_of_name(name) for name, _ in named):
        raise ReadError(source, f"holds no article; what can be read is {READABLE}")
    return named


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names. Those not said to be UTF-8 are in any encoding; zipfile takes CP437."""
    odd = [info.filename.encode("cp437") for info in infos if not info.flag_bits & _UTF8_NAME]
    try:
        decoded = decode(b"\n".join(odd), "names").split("\n")  # together, for one alone says little
    except ReadError:
        decoded = []
    if len(decoded) != len(odd):
        decoded = [name.decode("cp437") for name in odd]
    told = iter(decoded)
    names = (info.filename if info.flag_bits & _UTF8_NAME else next(told) for info in infos)
    return [name.translate(_CONTROLS) for name in names]


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def _refusal(name: str, info: zipfile.ZipInfo, max_bytes: int) -> str:
    """Why a member is not read, or ""."""
    kind = kind_of_name(name)
    if not kind:
        return unsupported(name)
    if kind == "zip":
        return "is an archive inside an archive; unpack it first"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack it with its password first"
    if kind in DOCUMENTS and not name.lower().endswith(".gz") and info.file_size > max_bytes:
        return too_large(name, max_bytes).reason
    return ""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str) -> io.BufferedReader:
    try:
        file = archive.open(info)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        raise ReadError(member, "is damaged; pack or fetch the archive again") from None
    except (NotImplementedError, RuntimeError) as error:
        raise ReadError(member, f"is packed in a way that can't be read ({error}); unpack it first") from None
    damaged = "is damaged; pack or fetch the archive again"
    return guarded(file, member, damaged=damaged, is_seekable=False)  # it goes back by unpacking all again
