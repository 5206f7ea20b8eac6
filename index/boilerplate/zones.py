"""Where in an article a line stands: in the *header* above the first prose, or below the last of it."""

from collections.abc import Iterator, Sequence

from index.boilerplate.lines import Line

_HEADER_LINES = 30  # in which an article says its title, date and writer
_SHORTEST_TITLES = (5, 3)  # words; the shorter only where nothing is longer


def first_prose(lines: Sequence[Line], reasons: Sequence[str]) -> int:
    """The index of the first open prose, or the number of lines."""
    return next(
        (index for index, line in enumerate(lines) if line.is_prose and not reasons[index]), len(lines)
    )


def after_prose(lines: Sequence[Line], reasons: Sequence[str]) -> int:
    """The index after the last open prose, or 0."""
    return next((n for n in range(len(lines), 0, -1) if lines[n - 1].is_prose and not reasons[n - 1]), 0)


def header(lines: Sequence[Line], reasons: Sequence[str]) -> range:
    """The indexes of the lines above the first open prose."""
    return range(min(first_prose(lines, reasons), _HEADER_LINES))


def likely_title(lines: Sequence[Line], reasons: Sequence[str]) -> int:
    """The index of the line that is most likely the title: the first open one of some words, or -1."""
    left = [index for index in header(lines, reasons) if not reasons[index] and lines[index].is_headline]
    for shortest in _SHORTEST_TITLES:
        for index in left:
            if len(lines[index].text.split()) >= shortest:
                return index
    return -1


def blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines without a blank line between them."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].apart:
            yield start, index
            start = index
