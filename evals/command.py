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
        """Put `run` before what is no command and asks for no help; `--list` is the command `list`."""
        if args[:1] == ["--list"]:
            args = ["list", *args[1:]]
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_DatasetOrCommand,
    no_args_is_help=True,
    help="Measure how right answers, citations and what is read are, with 95 % intervals.\n\n"
    "`newscite eval sample` is short for `newscite eval run sample`, `newscite eval --list` for list.",
    rich_markup_mode=None,
)


@app.command(name=_RUN)
def evaluate(
    *,
    datasets: Annotated[
        list[str],
        typer.Argument(
            help="What to measure on, such as sample; newscite eval list has all.", metavar="DATASET..."
        ),
    ],
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="The folder of its data, unless it ships with newscite; of several, the folder of their "
            "folders.",
        ),
    ] = None,
    systems: Annotated[
        list[str],
        typer.Option(
            "--system",
            metavar="NAME",
            help="Whom to ask: newscite, a peer (langchain, llamaindex, txtai, bm25), the http address of a "
            "system, or MODULE:FUNCTION; several times for side by side.",
        ),
    ] = ["newscite"],  # noqa: B006  # typer reads it, and hands out a copy
    judge: Annotated[
        str,
        typer.Option(
            "--judge",
            metavar="NAME",
            help="Who says whether sentences are supported: rules, nli:MODEL or llm:MODEL.",
        ),
    ] = "rules",
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=1, help="Measure only so many questions, pages or articles, spread evenly."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Draw the questions of --limit at random, by this number.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Ask so many questions at once.")] = 1,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="DIR",
            help="Keep every case as DIR/DATASET.SYSTEM.jsonl, of scale the store; a run that was broken off "
            "goes on from there.",
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
    """Measure on datasets: newscite, or other systems too."""
    from evals.evaluations import find_evaluation, read_dataset, run_evaluation
    from evals.journal import cases_file
    from evals.pages import check_report_file, write_report
    from evals.report import QuestionReport
    from evals.run import Options
    from evals.side_by_side import run_side_by_side
    from index.errors import InputError

    entries = [find_evaluation(name) for name in datasets]
    if report_file and (len(datasets) > 1 or len(systems) > 1):
        raise InputError("--report is of one dataset and one system: run them one by one, or use --json")
    if report_file:
        check_report_file(report_file)  # before the run, which may be long
    for entry in entries:
        runs = [
            Options(
                system=system,
                judge=judge,
                limit=limit,
                seed=seed,
                workers=workers,
                keep=cases_file(keep, entry.name, system) if keep else None,
            )
            for system in systems
        ]
        folder = data if entry.where or len(entries) == 1 else None
        report: Report
        with _progress_bar() as progress:
            if len(runs) > 1:
                report = run_side_by_side(read_dataset(entry.name, folder), runs, progress)
            else:
                report = run_evaluation(entry.name, folder, runs[0], progress=progress)
        if report_file and not isinstance(report, QuestionReport):
            raise InputError(f"{entry.name} is no dataset of questions, and has no report page: use --json")
        if report_file and isinstance(report, QuestionReport):
            write_report(report.result, report_file)
        _print(report, json_output)


@app.command(name="list")
def list_evaluations() -> None:
    """Tell what each dataset measures, how much it holds, its licence, and where to get it."""
    from evals.evaluations import EVALUATIONS

    for entry in EVALUATIONS.values():
        where = entry.where or "shipped with newscite"
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
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", help="Check your own data, by the baseline.json in this folder."
        ),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Other bounds than those.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Begin the baseline with the figures as they are now.")
    ] = False,
    json_output: Json = False,
) -> None:
    """Check that no figure is worse than the baseline allows; exit status 1 if one is."""
    from evals.evaluations import run_evaluation
    from evals.gate import BASELINE, OWN_BASELINE, check_gate, write_baseline
    from index.errors import InputError

    if write and data is None:
        raise InputError("--write begins a baseline of your own data: name its folder with --data")
    file = baseline or (data / OWN_BASELINE if data else BASELINE)
    with _progress_bar() as progress:
        if write:
            write_baseline(run_evaluation("own", data, progress=progress), file)
        report = check_gate(lambda name: run_evaluation(name, data, progress=progress), file, progress)
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
