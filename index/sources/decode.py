"""From bytes to the text they stand for, losing nothing: BOM, CRLF, NBSP and all stay as they are.

>>> decode("naïve\\r\\n".encode("cp1252"), "a.txt")
'naïve\\r\\n'
"""

import codecs
import re

from index.errors import ReadError

# UTF-32 first: its little-endian mark starts with UTF-16's. These codecs keep the mark as U+FEFF.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"{\\rtf", "an RTF document"),
)

# The encodings news is still found in; a wider choice makes short texts come out as curiosities.
_LEGACY = [
    *("cp1252", "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "iso8859_6", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b"))
_MOST_CONTROLS = 0.05  # of all bytes; random data has about 0.1, text has none
SAMPLE = 256 * 1024  # bytes from which an encoding is told
_MOST_WESTERN = 0.2  # of all characters: accented letters in Spanish or French stay far below
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ“”‘’„‚–—…«»‹›¿¡©®™°€£§·•ªº\xa0\xad]*")
_PAGE_ENCODING = re.compile(
    r"utf-8|(?:cp|windows-?)\d+|iso8859-\d+|koi8-\w|mac-\w+|big5\w*|gb\w*|euc_\w+|shift_jis\w*|iso2022_\w+|tis-620"
)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)


def decode(data: bytes, source: str) -> str:
    """Decode a text file: by its byte-order mark, else UTF-8, else the encoding it looks like.

    The mark stays, as U+FEFF. Raises ReadError for binary data and for an encoding nothing recognises.
    """
    marked = _by_mark(data, source)
    if marked is not None:
        return marked
    _reject_binary(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, _likely_encoding(data, source), source)


def encoding_of(head: bytes, source: str) -> str:
    """Tell the encoding of a text file from its first bytes, which may end in the middle of a character.

    Raises ReadError as `decode` does.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    _reject_binary(head, source)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _likely_encoding(head, source)
    return "utf-8"


def decode_page(data: bytes, source: str) -> str:
    """Decode an HTML page: by its byte-order mark, else as `decode` where that is UTF-8, else as it declares.

    A page that is not quite in its declared encoding is read with replacement characters, as browsers do.
    """
    marked = _by_mark(data, source)
    if marked is not None:
        return marked.removeprefix("\ufeff")
    _reject_binary(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared(data)
        if declared:
            return data.decode(declared, errors="replace")
        return _decoded(data, _likely_encoding(data, source), source)


def as_utf8(data: bytes, charset: str) -> bytes:
    """Give a page whose server says it is in `charset` as UTF-8; as it is where that can't be."""
    codec = _codec(charset)
    if not codec or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(codec, errors="replace").encode()
    return data


def _by_mark(data: bytes, source: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise ReadError(
                    source, f"starts as {encoding} but is damaged; save it again as UTF-8"
                ) from None
    return None


def _reject_binary(data: bytes, source: str) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(source, f"is {name}, not text; convert it to text or HTML first")
    controls = len(data) - len(data.translate(None, delete=_CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(data):
        raise ReadError(source, "is binary data, not text")


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data, 0, 4096)
    return _codec(found[1].decode("ascii")) if found else ""


def _codec(charset: str) -> str:
    """The codec for a charset that a page or its server names, or "" where it is no encoding of pages."""
    name = charset.strip(" \"'").lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}:
        return "cp1252"  # as browsers read it
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    # Python has codecs that are no encodings of pages, such as base64, idna and unicode_escape.
    return codec if _PAGE_ENCODING.fullmatch(codec) else ""


def _decoded(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadError(source, f"looks like {encoding} but is not; save it as UTF-8") from None


def _likely_encoding(data: bytes, source: str) -> str:
    western = data.decode("cp1252", errors="replace")
    accented = sum(1 for character in western if character > "\x7f")
    if accented <= _MOST_WESTERN * len(western) and _WESTERN.fullmatch(western):
        return "cp1252"
    return _by_statistics(data, source)


def _by_statistics(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    # Cut after a line, so that no character of several bytes is halved.
    sample = data[: data.rfind(b"\n", 0, SAMPLE) + 1] if len(data) >= SAMPLE else data
    guess = from_bytes(sample or data[:SAMPLE], cp_isolation=_LEGACY, enable_fallback=False).best()
    if guess is None:
        raise ReadError(source, "its encoding is not recognised; save it as UTF-8")
    return guess.encoding
