"""Small plots as SVG, drawn here so that a page needs no script and no network for them."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

Point = tuple[float, float]

_WIDTH, _HEIGHT = 320, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 12, 12, 40
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def curve(points: Sequence[Point], *, x: str, y: str, about: str, diagonal: bool = False) -> str:
    """A line through `points`, both axes from 0 to 1, named `x` and `y`; `about` says it in words.

    With `diagonal` a thin line shows where both are equal.
    """
    shapes = []
    if diagonal:
        shapes.append(_line((0, 0), (1, 1), "guide"))
    shapes += [_line(one, other, "curve") for one, other in pairwise(points)]
    shapes += [_dot(point) for point in points if len(points) <= 24]
    return _framed("".join(shapes), x, y, about, [(tick, f"{tick:g}") for tick in _TICKS])


def by_rank(shares: Sequence[float], *, x: str, y: str, about: str) -> str:
    """A line over the ranks 1, 2, …: `shares[k - 1]` in [0, 1] at rank k."""
    last = max(len(shares) - 1, 1)
    points = [(rank / last, share) for rank, share in enumerate(shares)]
    ticks = [(rank / last, str(rank + 1)) for rank in range(len(shares))]
    shapes = "".join(_line(one, other, "curve") for one, other in pairwise(points))
    return _framed(shapes + "".join(map(_dot, points)), x, y, about, ticks)


def cumulative(values: Sequence[float], *, x: str, y: str, about: str) -> str:
    """The share of `values`, which are not negative, that are at most so much."""
    most = max(values) or 1.0
    ordered = sorted(values)
    points = [(value / most, place / len(ordered)) for place, value in enumerate(ordered, start=1)]
    shapes = "".join(_line(one, other, "curve") for one, other in pairwise([(0.0, 0.0), *points]))
    return _framed(shapes, x, y, about, [(tick, f"{tick * most:.2g}") for tick in _TICKS])


def _framed(shapes: str, x: str, y: str, about: str, ticks: Sequence[tuple[float, str]]) -> str:
    across = "".join(
        f'<text class="tick" x="{_x(place):.1f}" y="{_y(0) + 15:.1f}" text-anchor="middle">'
        f"{escape(name)}</text>"
        for place, name in ticks
    )
    up = "".join(
        f'<line class="grid" x1="{_x(0):.1f}" x2="{_x(1):.1f}" y1="{_y(tick):.1f}" y2="{_y(tick):.1f}"/>'
        f'<text class="tick" x="{_x(0) - 6:.1f}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        for tick in _TICKS
    )
    names = (
        f'<text class="axis" x="{_x(0.5):.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(x)}</text>'
        f'<text class="axis" transform="translate(11 {_y(0.5):.1f}) rotate(-90)" text-anchor="middle">'
        f"{escape(y)}</text>"
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(about)}">'
        f"{up}{across}{names}{shapes}</svg>"
    )


def _line(one: Point, other: Point, kind: str) -> str:
    return (
        f'<line class="{kind}" x1="{_x(one[0]):.1f}" y1="{_y(one[1]):.1f}" '
        f'x2="{_x(other[0]):.1f}" y2="{_y(other[1]):.1f}"/>'
    )


def _dot(point: Point) -> str:
    return (
        f'<circle class="dot" cx="{_x(point[0]):.1f}" cy="{_y(point[1]):.1f}" r="3">'
        f"<title>{point[1]:.3f}</title></circle>"
    )


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)
