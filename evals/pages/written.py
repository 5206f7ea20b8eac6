"""Write a run's report as a file, by its suffix: .html, .md or .json."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from evals.cases import Case, EvalResult
from evals.pages.html import to_html
from evals.pages.outcomes import OUTCOMES, outcomes
from evals.report import to_dict
from evals.summary import MEANS, counted
from index.errors import InputError


def check_report_file(file: Path) -> None:
    """Raises InputError if no report can be written there: another suffix than .html, .md and .json, or no
    such folder."""
    if file.suffix.lower() not in _FORMATS:
        raise InputError(f"the report {file} has to end in {', '.join(_FORMATS)}")
    if not file.absolute().parent.is_dir():
        raise InputError(f"the report {file} can't be written: there is no folder {file.parent}")


def write_report(result: EvalResult, file: Path) -> None:
    """Write the report of `result` to `file`. Raises InputError where it can't be written."""
    check_report_file(file)
    try:
        file.write_text(_FORMATS[file.suffix.lower()](result), encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"the report {file} can't be written: {error.strerror}") from error


def to_markdown(result: EvalResult) -> str:
    """The figures as a table, and the questions that went wrong."""
    dataset = result.dataset
    lines = [
        f"# {dataset.name}: {len(result.cases)} questions on {len(dataset.articles)} articles",
        "",
        f"{dataset.description}. Licence: {dataset.licence}. Data {dataset.digest[:12]}. Asked: "
        f"{result.system}. Judge of support: {result.judge}. Intervals: 95 %, bootstrap over questions.",
        "",
        "| metric | value | interval | n | what it counts |",
        "| --- | --- | --- | --- | --- |",
    ]
    for key, figure in counted(result.cases).items():
        cells = (key, figure.shown, figure.interval, str(figure.n), MEANS[key])
        lines.append(f"| {' | '.join(cells)} |")
    failed = [(case, bad) for case in result.cases if (bad := _bad(case))]
    lines += ["", f"## {len(failed)} questions that went wrong", ""]
    lines += [f"- {case.question.text} *({'; '.join(bad)})*" for case, bad in failed]
    return "\n".join(lines) + "\n"


def to_json(result: EvalResult) -> str:
    """What `newscite eval --json` prints."""
    return json.dumps(to_dict(result), ensure_ascii=False) + "\n"


def _bad(case: Case) -> list[str]:
    return [OUTCOMES[key][0] for key in outcomes(case) if not OUTCOMES[key][1]]


_FORMATS: Mapping[str, Callable[[EvalResult], str]] = {
    ".html": to_html,
    ".md": to_markdown,
    ".json": to_json,
}
