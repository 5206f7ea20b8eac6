"""`pytest --newscite-eval DIR`: the gate over your own articles and questions, a test for each bound.

DIR holds `articles`, `questions.jsonl`, and the `baseline.json` that `newscite eval gate --data DIR --write`
began.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

_OPTION = "--newscite-eval"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option, which may be given several times."""
    parser.getgroup("newscite").addoption(
        _OPTION,
        metavar="DIR",
        action="append",
        default=[],
        help="check the figures over the articles and questions in DIR against its baseline.json",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The baselines are collected beside whatever else is."""
    config.args.extend(str(file) for file in _baselines(config))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "GateFile | None":
    """The bounds of a baseline that was asked for."""
    if file_path not in _baselines(parent.config):
        return None
    return GateFile.from_parent(parent, path=file_path)


class GateFile(pytest.File):
    """A baseline; its dataset is run once, when its first bound is tested."""

    def collect(self) -> Iterator["BoundItem"]:
        """A test for each bound."""
        from evals.gate import bounds_of

        for bound in bounds_of(self.path):
            yield BoundItem.from_parent(self, name=f"{bound.metric} {bound}", metric=bound.metric)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: object) -> str:
        """One line, as every error of newscite's own."""
        return str(excinfo.value)

    @cached_property
    def values(self) -> dict[str, tuple[bool, float | None]]:
        """By metric, whether it is within its bound, and its value."""
        from evals.evaluations import run_evaluation
        from evals.gate import check_gate

        report = check_gate(lambda name: run_evaluation(name, self.path.parent), self.path)
        return {one.bound.metric: (one.passed, one.value) for one in report.checked}


class BoundItem(pytest.Item):
    """A bound as a test."""

    def __init__(self, *, metric: str, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.metric = metric

    def runtest(self) -> None:
        """Fails if the metric is out of its bound."""
        assert isinstance(self.parent, GateFile)
        passed, value = self.parent.values[self.metric]
        if not passed:
            shown = "not measured" if value is None else f"{value:.4f}"
            pytest.fail(f"{self.name}: it is {shown}", pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: object) -> str:
        """One line, as every error of newscite's own."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the bound stands."""
        return self.path, None, f"{self.path.name}: {self.name}"


def _baselines(config: pytest.Config) -> list[Path]:
    from evals.gate import OWN_BASELINE

    return [(Path(folder) / OWN_BASELINE).absolute() for folder in config.getoption(_OPTION)]
