"""Which stretches of an article are not its prose: they are masked, and never cited.

News text comes with navigation, dates, share bars, captions, links to other stories, tags and bios between
its paragraphs. A line is masked for what it says (`index.boilerplate.words`), or for where it stands
(`index.boilerplate.place`): a list under "Related", a blurb after "Filed under". A sentence that merely holds
such a word stays open, and so do a table's rows.

>>> [(text[mask.start : mask.end], mask.reason) for text in ["Rain fell.\\n\\nRelated videos:\\n"]
...  for mask in boilerplate_masks(text)]
[('Related videos:', 'related')]
"""

import re
from collections.abc import Iterator, Sequence

from index.boilerplate.lines import Line, lines_of
from index.boilerplate.place import reasons_by_place
from index.boilerplate.tables import table_rows
from index.boilerplate.words import reason_of
from index.schema import Mask, touches

__all__ = ["Line", "boilerplate_masks", "lines_of", "merged", "open_lines"]

_FENCE = re.compile(r"```+|~~~+")


def boilerplate_masks(text: str, title: str = "") -> tuple[Mask, ...]:
    """Find what is not prose in `text`; a line that is the `title` is never masked.

    The masks are sorted and don't overlap.
    """
    lines = lines_of(text)
    fences = tuple(_fences(lines))
    prose = open_lines(lines, fences)
    rows = table_rows(prose)
    by_words = ["" if number in rows else reason_of(line.text) for number, line in enumerate(prose)]
    masks = tuple(
        Mask(line.start, line.end, reason)
        for line, reason in zip(prose, reasons_by_place(prose, by_words, title), strict=True)
        if reason
    )
    return merged(fences, masks)


def merged(first: tuple[Mask, ...], second: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Give the masks of `first`, and those of `second` that touch none of them, in order."""
    kept = [mask for mask in second if not touches(first, mask.start, mask.end)]
    return tuple(sorted([*first, *kept], key=lambda mask: mask.start))


def open_lines(lines: Sequence[Line], masks: Sequence[Mask]) -> list[Line]:
    """The lines that none of `masks`, which are sorted, touches."""
    return [line for line in lines if not touches(masks, line.start, line.end)]


def _fences(lines: Sequence[Line]) -> Iterator[Mask]:
    """Blocks of code between two lines of three backticks or tildes; one that is never closed is none."""
    opened: Line | None = None
    for line in lines:
        mark = _FENCE.match(line.text)
        if opened is None:
            opened = line if mark else None
        elif mark and mark[0] == line.text and opened.text.startswith(mark[0]):
            yield Mask(opened.start, line.end, "code")
            opened = None
