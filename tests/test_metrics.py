"""The package of metrics as a whole: what it exports, what importing it costs, and the two means."""

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import evals
from evals import f1, mean, metrics

MODULES = [
    import_module(f"{metrics.__name__}.{found.name}") for found in pkgutil.iter_modules(metrics.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_metric_can_be_imported_from_evals(module: object) -> None:
    own = {
        name
        for name, made in vars(module).items()
        if getattr(made, "__module__", "") == getattr(module, "__name__", None) and not name.startswith("_")
    }
    assert own - {"T"}
    assert own - {"T"} <= set(evals.__all__)
    assert all(getattr(evals, name) is getattr(module, name) for name in own - {"T"})


def test_every_metric_says_what_it_counts() -> None:
    functions = [getattr(evals, name) for name in evals.__all__ if inspect.isfunction(getattr(evals, name))]
    assert len(functions) > 40
    assert [function.__name__ for function in functions if not function.__doc__] == []


def test_importing_the_metrics_loads_the_standard_library_alone() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, evals; print(*{name.split('.')[0] for name in sys.modules})"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    ours = {"evals"}
    at_start = subprocess.run(
        [sys.executable, "-c", "import sys; print(*{name.split('.')[0] for name in sys.modules})"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert set(loaded) - set(at_start) <= ours | sys.stdlib_module_names


def test_mean() -> None:
    assert mean([True, False, True, True]) == 0.75
    assert mean([0.5, 1.0]) == 0.75
    assert mean([]) is None


def test_f1_is_the_harmonic_mean() -> None:
    assert f1(0.5, 1) == pytest.approx(2 / 3)  # 2 * .5 * 1 / 1.5
    assert f1(0.25, 0.75) == pytest.approx(0.375)  # 2 * .1875 / 1
    assert f1(0, 0) == 0
    assert f1(None, 0.0) == f1(0.5, None) == 0
    assert f1(None, None) is None
