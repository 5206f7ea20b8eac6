"""What need not be read again: the same bytes, read by the same code, give the same article."""

import hashlib
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from index.schema import Article

_LENGTH = 16  # hex digits, as ids have
_LIBRARIES = (
    "trafilatura",
    "lxml",
    "py3langid",
    "dateparser",
)  # what else an article's text and fields hang on


@dataclass(frozen=True)
class Unchanged:
    """The article of this key is stored as `source` would give it; it was not read."""

    key: str
    source: str


def digest_of_bytes(data: bytes, source: str) -> str:
    """A hash of a document that holds one article, of where it is, and of the code that reads it."""
    return _hash(source.encode("utf-8", "surrogatepass"), data)


def digest_of_row(article: Article) -> str:
    """The same of an article as its row or record gave it, before anything is read out of its text."""
    return _hash(repr(astuple(article)).encode("utf-8", "surrogatepass"))


def _hash(*parts: bytes) -> str:
    hashed = hashlib.sha256(_reading_code())
    for part in parts:
        hashed.update(len(part).to_bytes(8) + part)
    return hashed.hexdigest()[:_LENGTH]


@cache
def _reading_code() -> bytes:
    """A hash of this package, so that what a newer version reads otherwise is read again."""
    hashed = hashlib.sha256(" ".join(map(version, _LIBRARIES)).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        hashed.update(file.read_bytes())
    return hashed.digest()
