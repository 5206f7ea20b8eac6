"""What a server's reply stands for: its body, its status in words, its wishes."""

import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from index.errors import ReadError, Unreachable
from index.sources.streams import size_in_words

_LONGEST_WAIT = 30 * 24 * 3600.0  # seconds; what asks for more means never
_GZIP = 31  # what zlib calls a gzip header and trailer
_LONGEST_SHOWN = 200  # characters of an address or a library's message in a reason


def body_of(
    chunks: Iterable[bytes], coding: str, url: str, *, max_bytes: int, may_be_cut: bool = False
) -> bytes:
    """The bytes of a reply, unpacked if its content coding is gzip; no more than the limit is unpacked.

    Raises ReadError for a larger one, unless it `may_be_cut` there, and Unreachable for one packed badly.
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise Unreachable(url, f"is sent packed as {line_of(coding)!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=_GZIP) if "gzip" in coding else None
    data, received = bytearray(), 0
    try:
        for chunk in chunks:
            received += len(chunk)
            data += unpacker.decompress(chunk, max_bytes + 1 - len(data)) if unpacker else chunk
            if max(received, len(data)) > max_bytes:
                if may_be_cut:
                    return bytes(data[:max_bytes])
                limit = size_in_words(max_bytes)
                raise ReadError(url, f"is larger than the limit of {limit}; raise NEWSCITE_MAX_FILE_MB")
    except zlib.error:
        raise Unreachable(url, "its gzip data is damaged; try again later") from None
    if unpacker and received and not unpacker.eof:
        raise Unreachable(url, "its gzip data is incomplete; try again later")
    return bytes(data)


def validator_of(headers: Mapping[str, str], name: str, otherwise: str) -> str:
    """The reply's ETag or Last-Modified, else `otherwise`."""
    value = headers.get(name, otherwise)
    return value if value.isascii() else ""  # else it can't be sent back


def meaning_of(status: int, wait: float = 0) -> str:
    """What an answer means for the reader: "answered 404 Not Found; check the address"."""
    name = next((known.phrase for known in HTTPStatus if known == status), "")
    if wait:
        advice = f"it asks to wait {wait:.0f} s"
    elif status in (404, 410):
        advice = "check the address"
    elif status in (401, 402, 403, 407, 451):
        advice = "the site does not give it to programs like this"
    else:
        advice = "try again later"
    return f"answered {status} {name}".rstrip() + f"; {advice}"


def seconds_to_wait(value: str) -> float:
    """The seconds that a Retry-After header stands for, a number or a date; 0 for none."""
    if value.strip().isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)


def line_of(value: object) -> str:
    """Words from outside, as a short piece of one line."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
