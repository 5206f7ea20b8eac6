"""The gate: figures that a change may not make worse.

The baseline is a JSON file with, for each dataset, the digest of its data and the bounds of its metrics. A
bound is a list, oldest first, of which the last counts; one that is looser than the one before says why:

    {"sample": {"digest": "13020d26…", "bounds": {
        "sentence@1": [{"at_least": 0.45}, {"at_least": 0.43, "reason": "three questions were added"}],
        "false_answer_rate": [{"at_most": 0.5}]}}}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.schema import Progress, Report, silent
from index.errors import InputError

if TYPE_CHECKING:
    from rich.console import RenderableType

OWN_BASELINE = "baseline.json"
BASELINE = Path(__file__).parent / "baseline.json"
_FIRST_BOUNDS = {
    **dict.fromkeys(("pointer_validity", "sentence@1", "sentence@3", "Hits@1", "MRR@10"), "at_least"),
    **dict.fromkeys(("boilerplate_citation_rate", "false_answer_rate", "false_refusal_rate"), "at_most"),
    "repeated_wrong_rate": "at_most",
}
_SLACK = 1e-4  # figures are rounded to four digits


@dataclass(frozen=True)
class Bound:
    """The least or the most that a metric may be."""

    metric: str
    value: float
    is_least: bool

    def holds(self, value: float | None) -> bool:
        """True if `value` is within it; a metric that counted nothing never is."""
        if value is None:
            return False
        return value >= self.value - _SLACK if self.is_least else value <= self.value + _SLACK

    def __str__(self) -> str:
        return f"{'at least' if self.is_least else 'at most'} {self.value:g}"


@dataclass(frozen=True)
class Checked:
    """A bound and what the metric came to."""

    dataset: str
    bound: Bound
    value: float | None

    @property
    def passed(self) -> bool:
        """True if the metric is within its bound."""
        return self.bound.holds(self.value)


@dataclass(frozen=True)
class GateReport:
    """Every bound of the baseline, checked."""

    checked: tuple[Checked, ...]

    @property
    def passed(self) -> bool:
        """True if every metric is within its bound."""
        return all(one.passed for one in self.checked)

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite eval gate --json`."""
        return {
            "passed": self.passed,
            "bounds": [
                {
                    "dataset": one.dataset,
                    "metric": one.bound.metric,
                    "at_least" if one.bound.is_least else "at_most": one.bound.value,
                    "value": one.value,
                    "passed": one.passed,
                }
                for one in self.checked
            ],
        }

    def __rich__(self) -> "RenderableType":
        """The bounds as a table."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title="gate: passed" if self.passed else "gate: FAILED", box=SIMPLE_HEAD)
        for heading in ("dataset", "metric", "must be", "is", ""):
            table.add_column(heading, no_wrap=True)
        for one in self.checked:
            value = "–" if one.value is None else f"{one.value:.3f}"
            table.add_row(
                one.dataset, one.bound.metric, str(one.bound), value, "ok" if one.passed else "FAILED"
            )
        return table


def check_gate(
    run: Callable[[str], Report], baseline: Path = BASELINE, progress: Progress = silent
) -> GateReport:
    """Run every dataset of the baseline and check its figures; `run` takes a dataset's name.

    Raises InputError if the baseline can't be read, loosens a bound without a reason, names a metric that is
    not measured, or was made for other data.
    """
    entries = _read(baseline)
    checked = []
    for done, (name, entry) in enumerate(entries.items()):
        progress("gate", done, len(entries))
        result = run(name).to_dict()
        if result["digest"] != entry["digest"]:
            raise InputError(
                f"the data of {name!r} has changed ({result['digest'][:12]}, in {baseline.name} "
                f"{entry['digest'][:12]}): look at its figures, then put the new digest there"
            )
        for bound in _bounds(name, entry["bounds"], baseline):
            if bound.metric not in result["metrics"]:
                raise InputError(f"{baseline.name}: {name} measures no {bound.metric!r}")
            checked.append(Checked(name, bound, result["metrics"][bound.metric]["value"]))
    return GateReport(tuple(checked))


def write_baseline(report: Report, baseline: Path) -> None:
    """Begin a baseline at `baseline` with the figures of `report` as they are.

    Raises InputError if there is one already, for its bounds are not lowered so, or it can't be written.
    """
    result = report.to_dict()
    bounds = {
        metric: [{kind: result["metrics"][metric]["value"]}]
        for metric, kind in _FIRST_BOUNDS.items()
        if result["metrics"].get(metric, {}).get("value") is not None
    }
    written = json.dumps({result["dataset"]: {"digest": result["digest"], "bounds": bounds}}, indent=2)
    try:
        with baseline.open("x", encoding="utf-8") as file:
            file.write(written + "\n")
    except FileExistsError:
        raise InputError(f"there is a baseline {baseline} already: change its bounds by hand") from None
    except OSError as error:
        raise InputError(f"the baseline {baseline} can't be written: {error.strerror}") from error


def _read(baseline: Path) -> dict[str, Any]:
    try:
        read = json.loads(baseline.read_text(encoding="utf-8"))
        entries = {
            name: {"digest": entry["digest"], "bounds": entry["bounds"]} for name, entry in read.items()
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f"the baseline {baseline} can't be read: {error!r}") from error
    return entries


def bounds_of(baseline: Path) -> list[Bound]:
    """The bounds of a baseline as they are now. Raises InputError if it can't be read, or loosens one without
    a reason."""
    entries = _read(baseline)
    return [bound for name, entry in entries.items() for bound in _bounds(name, entry["bounds"], baseline)]


def _bounds(dataset: str, histories: Mapping[str, Any], baseline: Path) -> list[Bound]:
    bounds = []
    for metric, history in histories.items():
        try:
            steps = [
                (
                    Bound(
                        metric,
                        float(step["at_least" if "at_least" in step else "at_most"]),
                        "at_least" in step,
                    ),
                    step,
                )
                for step in history
            ]
            bound = steps[-1][0]
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InputError(
                f"{baseline.name}: the bound of {metric!r} of {dataset} is a list of "
                f'{{"at_least": …}} or {{"at_most": …}}: {error!r}'
            ) from error
        for (before, _), (after, step) in pairwise(steps):
            if not str(step.get("reason", "")).strip() and not _is_as_strict(after, before):
                raise InputError(
                    f"{baseline.name}: the bound of {metric!r} of {dataset} was loosened to {after}: say why "
                    'in its "reason"'
                )
        bounds.append(bound)
    return bounds


def _is_as_strict(after: Bound, before: Bound) -> bool:
    if after.is_least != before.is_least:
        return False
    return after.value >= before.value if after.is_least else after.value <= before.value
