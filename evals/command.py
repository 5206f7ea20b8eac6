"""`newscite eval`: the one command that lives here. `ui.cli` finds it by its entry point."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.schema import Progress


def evaluate(
    dataset: Annotated[
        str,
        typer.Argument(help="What to measure on, such as sample; a wrong name lists all.", metavar="DATASET"),
    ],
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="The folder of its data, unless it ships with newscite."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=1, help="Measure only so many questions, pages or articles, spread evenly."
        ),
    ] = None,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON, with every case.")
    ] = False,
) -> None:
    """Measure how right answers, citations and what is read are, with 95 % intervals."""
    from rich.console import Console

    from evals.evaluations import run_evaluation

    with _progress_bar() as progress:
        report = run_evaluation(dataset, data, limit=limit, progress=progress)
    if json_output:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False))
    else:
        Console().print(report)


@contextmanager
def _progress_bar() -> "Iterator[Progress]":
    """A bar on stderr for each stage; nothing where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
