"""Tables of figures in plain text and Markdown: their rows are no row of links, whatever they look like."""

import re
from collections.abc import Iterator, Sequence

from index.boilerplate.lines import Line

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_CELLS = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_FIGURE = re.compile(r"[^\w|]{0,3}\d[\d.,:%/–—\s-]*\W{0,3}(?:%|[^\W\d_]{1,3})?")
_FIGURES = re.compile(r"\d[\d.,:]*(?:\s+\d[\d.,:]*)+")


def table_rows(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of lines that are rows of a table: two or more in one block, with as many cells each, and
    with a rule of dashes or a cell of figures among them."""
    return frozenset(index for rows in _tables(lines) for index in rows)


def _tables(lines: Sequence[Line]) -> Iterator[range]:
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and not lines[index].apart and cells(lines[index]) == cells(lines[start]) > 1:
            continue
        rows = range(start, index)
        if len(rows) > 1 and any(_is_of_figures(lines[row]) for row in rows):
            yield rows
        start = index


def cells(line: Line) -> int:
    """How many cells a row has; 1 for what is no row."""
    text = line.text.strip("|").strip()
    if not any(mark in text for mark in ("|", "\t", "  ")) and not text[:1].isdigit():
        return 1
    if _FIGURES.fullmatch(text):
        return len(text.split())
    return len(_CELLS.split(text))


def _is_of_figures(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text)) or any(
        _FIGURE.fullmatch(cell) for cell in _CELLS.split(line.text.strip("|").strip())[1:]
    )
