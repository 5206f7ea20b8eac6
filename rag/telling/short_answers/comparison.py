"""What figure a text gives, and whether two texts give the same."""

import math

from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.quantities import quantities_in
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.short_answers.units import is_same_unit, measures


def figure_of(text: str) -> float | None:
    """The figure of the only quantity in `text`, or None: 12 for "a dozen", 1500000 for "1.5 million".

    A measure is in its own unit ("two hours" is 2), a percentage in percent, a part in percent too.
    """
    quantity = _sole_quantity(text)
    return quantity.figure if quantity else None


def same_quantity(one: str, other: str) -> bool | None:
    """True if two texts give the same figure, False if they give different figures of the same unit; None
    if one gives none or several, or their units can't be compared.

    >>> same_quantity("a dozen", "12 people"), same_quantity("3bn", "4 billion"), same_quantity("3%", "3 men")
    (True, False, None)
    """
    first, second = _sole_quantity(one), _sole_quantity(other)
    return _agree(first, second) if first and second else None


def gives_quantity(text: str, wanted: str) -> bool:
    """True if a quantity in `text`, which may hold several, is the one in `wanted`.

    >>> gives_quantity("Of the 193 nations invited, 12 signed.", "twelve countries")
    True
    """
    quantity = _sole_quantity(wanted)
    return quantity is not None and any(_agree(quantity, other) is True for other in _quantities(text))


def may_be_one_thing(one: str, other: str) -> bool:
    """False if each of two texts gives one quantity, and these are of different sorts: a sum of money and a
    number of people. A bare figure may be of any sort.

    >>> may_be_one_thing("$25 million", "four sources"), may_be_one_thing("aged 13", "13")
    (False, True)
    """
    first, second = _sole_quantity(one), _sole_quantity(other)
    if first is None or second is None or first.sort == second.sort:
        return True
    return any(quantity.sort == "count" and not quantity.unit for quantity in (first, second))


def _agree(first: Candidate, second: Candidate) -> bool | None:
    """`same_quantity` of two."""
    if first.figure is None or second.figure is None:
        return None
    if first.sort != second.sort and not _is_bare_beside_money(first, second):
        return None
    if not first.unit or not second.unit or is_same_unit(first.unit, second.unit):
        return math.isclose(first.figure, second.figure, rel_tol=1e-6)
    sizes = measures().get(first.unit), measures().get(second.unit)
    if first.sort == "money" or not sizes[0] or not sizes[1]:
        return None
    return math.isclose(first.figure * sizes[0][1], second.figure * sizes[1][1], rel_tol=0.005)


def _sole_quantity(text: str) -> Candidate | None:
    found = _quantities(text)
    return found[0] if len(found) == 1 else None


def _quantities(text: str) -> list[Candidate]:
    return list(quantities_in(text, dates_and_clocks(text)))


def _is_bare_beside_money(one: Candidate, other: Candidate) -> bool:
    """ "2.3 billion" beside "2.3 billion crowns"."""
    return {one.sort, other.sort} == {"count", "money"} and not (one if one.sort == "count" else other).unit
