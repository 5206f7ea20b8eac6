"""`newscite eval` and the commands under it. `ui.cli` finds them by their entry point."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from evals.schema import Progress, Report

_RUN = "run"

Json = Annotated[bool, typer.Option("--json", help="Print one line of JSON, with every case.")]


class _DatasetOrCommand(TyperGroup):
    """`newscite eval sample` is short for `newscite eval run sample`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` before what is no command and asks for no help."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_DatasetOrCommand,
    no_args_is_help=True,
    help="Measure how right answers, citations and what is read are, with 95 % intervals.\n\n"
    "`newscite eval sample` is short for `newscite eval run sample`.",
    rich_markup_mode=None,
)


@app.command(name=_RUN)
def evaluate(
    dataset: Annotated[
        str,
        typer.Argument(
            help="What to measure on, such as sample; newscite eval list has all.", metavar="DATASET"
        ),
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
    report_file: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write the report of a dataset of questions: .html, .md or .json.",
        ),
    ] = None,
    json_output: Json = False,
) -> None:
    """Measure on one dataset."""
    from evals.evaluations import run_evaluation
    from evals.pages import check_report_file, write_report
    from evals.report import QuestionReport
    from index.errors import InputError

    if report_file:
        check_report_file(report_file)  # before the run, which may be long
    with _progress_bar() as progress:
        report = run_evaluation(dataset, data, limit=limit, progress=progress)
    if report_file and not isinstance(report, QuestionReport):
        raise InputError(f"{dataset} is no dataset of questions, and has no report page: use --json")
    if report_file and isinstance(report, QuestionReport):
        write_report(report.result, report_file)
    _print(report, json_output)


@app.command(name="list")
def list_evaluations() -> None:
    """Tell what each dataset measures, how much it holds, its licence, and where to get it."""
    from evals.evaluations import EVALUATIONS, OnData

    for entry in EVALUATIONS.values():
        where = entry.where if isinstance(entry, OnData) else "shipped with newscite"
        typer.echo(
            f"{entry.name}\n    measures {entry.measures}\n    holds {entry.holds}\n"
            f"    licence: {entry.licence}\n    data: {where}\n"
        )


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="What newscite eval printed with --json.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="The same of another run.")],
    json_output: Json = False,
) -> None:
    """Tell what got better and what worse from one run to another over the same questions."""
    from evals.compare import compare_files

    _print(compare_files(first, second), json_output)


@app.command()
def gate(
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Other bounds than those shipped.")
    ] = None,
    json_output: Json = False,
) -> None:
    """Check that no figure is worse than the baseline allows; exit status 1 if one is."""
    from evals.evaluations import run_evaluation
    from evals.gate import BASELINE, check_gate

    with _progress_bar() as progress:
        report = check_gate(
            lambda name: run_evaluation(name, progress=progress), baseline or BASELINE, progress
        )
    _print(report, json_output)
    if not report.passed:
        raise typer.Exit(1)


def _print(report: "Report", json_output: bool) -> None:
    from rich.console import Console

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
