"""Plain text: the file as it stands, and what its own lines say of it."""

from collections.abc import Iterator

from index.errors import ReadError
from index.schema import Article
from index.sources.decode import decode


def read(data: bytes, source: str) -> Iterator[Article]:
    """Read a plain-text file. Raises ReadError where it is no text, or has none."""
    text = decode(data, source)
    if not text.replace("\ufeff", "").strip():
        raise ReadError(source, "holds no text")
    yield Article(key=source, source=source, text=text)
