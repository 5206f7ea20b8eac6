"""A figure: a metric's value, its interval, and how it is written in a table and as plain data.

>>> figure([1, 1, 0, 1], lambda shares: sum(shares) / len(shares)).value
0.75
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from evals.metrics import bootstrap_interval

if TYPE_CHECKING:
    from rich.table import Table

T = TypeVar("T")

SEED = 20260117  # of the bootstrap; any number, always the same one
_DIGITS = 4


@dataclass(frozen=True)
class Figure:
    """A metric's value, its 95 % interval, and how many things it counts.

    All but `n` are None where there was nothing to count.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    def to_dict(self) -> dict[str, float | int | None]:
        """The fields of a figure in `newscite eval --json`."""
        return {
            **{
                name: None if value is None else round(value, _DIGITS)
                for name, value in (("value", self.value), ("low", self.low), ("high", self.high))
            },
            "n": self.n,
        }

    @property
    def shown(self) -> str:
        """The value as a table has it: "0.971", or a dash where there is none."""
        return shown(self.value)

    @property
    def interval(self) -> str:
        """The interval as a table has it: "0.950 – 0.990", or a dash."""
        return "–" if self.low is None else f"{shown(self.low)} – {shown(self.high)}"


def figure(
    cases: Sequence[T], formula: Callable[[Sequence[T]], float | None], *, n: int | None = None
) -> Figure:
    """The value of `formula` over `cases`, with its bootstrap interval over them (`bootstrap_interval`).

    `n` is what the figure counts, where that is not the number of cases.
    """
    low, high = bootstrap_interval(cases, formula, seed=SEED) or (None, None)
    return Figure(formula(cases) if cases else None, low, high, n=len(cases) if n is None else n)


def shown(value: float | None) -> str:
    """A number as tables have it: three digits of those that the JSON has, or a dash."""
    return "–" if value is None else f"{round(value, _DIGITS):.3f}"


def p95(times: Sequence[float]) -> float:
    """The 95th percentile, in the same unit; of one figure, itself."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def figures_table(
    figures: Mapping[str, Figure], means: Mapping[str, str], *, title: str, caption: str
) -> "Table":
    """Figures by name as a terminal shows them; `means` says of each what it counts."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, caption=caption, box=SIMPLE_HEAD)
    table.add_column("metric", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    table.add_column("what it counts")
    for name, value in figures.items():
        table.add_row(name, value.shown, value.interval, str(value.n), means[name])
    return table
