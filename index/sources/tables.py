"""Tables: an article a row, in CSV of any delimiter or in Parquet. Columns are named as JSON's fields are."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from io import BufferedReader

from index.errors import ReadError
from index.schema import Article
from index.sources.fields import FIELD_NAMES, TEXT_NAMES
from index.sources.json_rows import article_of
from index.sources.lines import text_lines
from index.sources.skipped import Skipped
from index.sources.streams import seekable, too_large

_DELIMITERS = ",;\t|"
_EXCEL_HINT = re.compile(r"\"?sep=.\"?\s*", re.IGNORECASE)  # a line above the header
_BATCH = 16  # rows of Parquet held at a time: each may be as long as the limit allows
_LARGEST_UNPACKED = 20  # times the limit of a row: what a packed Parquet file may take on disk


def read_csv(stream: BufferedReader, source: str, max_bytes: int) -> Iterator[Article | Skipped]:
    """Read a table whose first line names its columns; its rows are counted from 1 below that.

    A row is held at a time, of at most `max_bytes`. Raises ReadError where no column holds texts.
    """
    lines = _Lines(text_lines(stream, source, max_bytes), source, max_bytes)
    columns, delimiter = _header(lines, source)
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))  # it is 128 KB else, in the whole process
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        lines.begin_row()
        try:
            cells = next(rows)
        except StopIteration:
            break
        except (ReadError, csv.Error) as error:
            number += 1
            yield Skipped(f"{source}#{number}", getattr(error, "reason", f"is no row of a table: {error}"))
            lines.reread_below()
            continue
        if not any(cells):
            continue
        number += 1
        row = f"{source}#{number}"
        if lines.is_done:  # csv asked for another line, so it is still inside quotation marks
            yield Skipped(row, "opens a quotation mark that is not closed")
            lines.reread_below()
        elif any(cells[len(columns) :]):
            yield Skipped(row, f"has {len(cells)} cells for {len(columns)} columns; put its text in quotes")
        else:
            yield article_of(dict(zip(columns, cells, strict=False)), source, row)
    if not number:
        raise ReadError(source, "is a table without rows")


def read_parquet(stream: BufferedReader, source: str, max_bytes: int) -> Iterator[Article | Skipped]:
    """Read a Parquet file, some rows at a time; rows are counted from 1.

    Raises ReadError where it is damaged, or no column holds texts.
    """
    from pyarrow import ArrowException

    number = 0
    with seekable(stream, source, _LARGEST_UNPACKED * max_bytes) as file:
        try:
            for number, row in enumerate(_parquet_rows(file, source), 1):
                if sum(len(value) for value in row.values() if isinstance(value, str)) > max_bytes:
                    yield Skipped(f"{source}#{number}", too_large(source, max_bytes).reason)
                else:
                    yield article_of(row, source, f"{source}#{number}")
        except (ArrowException, OSError, ValueError, KeyError, OverflowError):
            after = f"after row {number}" if number else "or no Parquet file"
            raise ReadError(source, f"is damaged {after}; write or fetch it again") from None
    if not number:
        raise ReadError(source, "is a table without rows")


def _parquet_rows(file: object, source: str) -> Iterator[dict[str, object]]:
    from pyarrow.parquet import ParquetFile

    # Without pre_buffer pages are read one by one, and not a whole row group of maybe gigabytes.
    with ParquetFile(file, pre_buffer=False, buffer_size=1024**2) as parquet:
        names = parquet.schema_arrow.names
        _check_columns(names, source)
        known = [name for name in names if name.strip().lower() in FIELD_NAMES]
        for batch in parquet.iter_batches(batch_size=_BATCH, columns=known, use_threads=False):
            yield from batch.to_pylist()


class _Lines:
    """Lines for csv.reader, which remember those of the row at hand, to be read again where it is broken."""

    def __init__(self, lines: Iterator[str | ReadError], source: str, max_bytes: int) -> None:
        self.is_done = False
        self._lines = lines
        self._ahead: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._source = source
        self._max_bytes = max_bytes

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self._ahead.popleft() if self._ahead else next(self._lines)
        except StopIteration:
            self.is_done = True
            raise
        if isinstance(line, ReadError):
            raise line
        self._row.append(line)
        self._size += len(line)
        if self._size > self._max_bytes:
            raise too_large(self._source, self._max_bytes)
        return line

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self._row, self._size = [], 0

    def reread_below(self) -> None:
        """Give the lines of this row but for its first once more: a quotation mark has swallowed them."""
        self._ahead.extendleft(reversed(self._row[1:]))
        self.is_done = False


def _header(lines: Iterator[str], source: str) -> tuple[list[str], str]:
    """The columns' names and the delimiter: the one by which the header holds the most names known here."""
    first = next((line for line in lines if line.strip() and not _EXCEL_HINT.fullmatch(line)), "")
    if not first:
        raise ReadError(source, "holds no text")
    headers = [(_cells(first, delimiter), delimiter) for delimiter in _DELIMITERS]
    columns, delimiter = max(headers, key=lambda header: (_known(header[0]), len(header[0])))
    _check_columns(columns, source)
    return columns, delimiter


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return [line]


def _known(columns: Sequence[str]) -> int:
    return sum(column.strip().lower() in FIELD_NAMES for column in columns)


def _check_columns(columns: Sequence[str], source: str) -> None:
    if not {column.strip().lower() for column in columns}.intersection(TEXT_NAMES):
        named = ", ".join(column.strip() or "(unnamed)" for column in columns)
        raise ReadError(source, f"has no column named text, body, content or articleBody, but {named}")
