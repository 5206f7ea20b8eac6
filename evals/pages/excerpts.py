"""Where an article's gold and its citations stand: stretches of its text with both marked."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

_AROUND = 240  # characters shown on each side of a span
_GOLD, _CITED = "gold", "cited"

Offsets = tuple[int, int]


def excerpt(text: str, gold: Sequence[Offsets], cited: Sequence[Offsets]) -> str:
    """HTML of the stretches of `text` around these spans: `<mark class="gold">`, "cited", or "gold cited".

    >>> excerpt("It rained.", [(0, 2)], [(0, 9)])
    '<mark class="gold cited">It</mark><mark class="cited"> rained</mark>.'
    """
    shown = list(_stretches(text, [*gold, *cited]))
    pieces = [_marked(text, stretch, gold, cited) for stretch in shown]
    before = "… " if shown and shown[0][0] > 0 else ""
    after = " …" if shown and shown[-1][1] < len(text) else ""
    return before + " … ".join(pieces) + after


def _stretches(text: str, spans: Sequence[Offsets]) -> Iterator[Offsets]:
    """The spans with what is around them, those that meet joined, cut between words."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        first, last = _widened(text, start, end)
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    yield from ((first, last) for first, last in joined)


def _widened(text: str, start: int, end: int) -> Offsets:
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last


def _marked(text: str, stretch: Offsets, gold: Sequence[Offsets], cited: Sequence[Offsets]) -> str:
    cuts = {edge for span in (*gold, *cited) for edge in span if stretch[0] < edge < stretch[1]}
    places = sorted({*stretch, *cuts})
    pieces = []
    for start, end in pairwise(places):
        kinds = [kind for kind, spans in ((_GOLD, gold), (_CITED, cited)) if _holds(spans, start, end)]
        piece = escape(text[start:end])
        pieces.append(f'<mark class="{" ".join(kinds)}">{piece}</mark>' if kinds else piece)
    return "".join(pieces)


def _holds(spans: Sequence[Offsets], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
