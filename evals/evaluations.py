"""The evaluations by name: what each measures, where to get its data, and how to run it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals import ablation, extraction, latency, near_duplicates, scale, support_check
from evals.boilerplate.run import evaluate_boilerplate
from evals.datasets import (
    read_clapnq,
    read_hard_questions,
    read_onestop_qa,
    read_own,
    read_shipped_sample,
    read_squad2_sample,
    read_xquad,
)
from evals.disagreement.run import evaluate_disputes
from evals.injection.run import evaluate_injection
from evals.report import QuestionReport
from evals.run import evaluate
from evals.schema import Dataset, Progress, Report, silent
from evals.written import evaluate_written
from index.errors import InputError


@dataclass(frozen=True)
class Shipped:
    """An evaluation whose data ships with newscite. `run` takes how many of its things to measure at most
    (None: all) and whom to tell of progress."""

    name: str
    measures: str
    run: Callable[[int | None, Progress], Report]


@dataclass(frozen=True)
class OnData:
    """An evaluation on data to be had from `where`. `run` takes the `--data` folder, then as `Shipped`."""

    name: str
    measures: str
    where: str
    run: Callable[[Path, int | None, Progress], Report]


def _ask(dataset: Dataset, limit: int | None, progress: Progress) -> Report:
    return QuestionReport(evaluate(dataset, limit=limit, progress=progress))


def _asked(read: Callable[[Path], Dataset]) -> Callable[[Path, int | None, Progress], Report]:
    """The evaluation that asks the questions of what `read` reads from a folder."""
    return lambda data, limit, progress: _ask(read(data), limit, progress)


_ENTRIES: tuple[Shipped | OnData, ...] = (
    Shipped(
        "sample",
        "cited sentences, retrieval and refusing on the shipped articles, by kind of question",
        lambda limit, progress: _ask(read_shipped_sample(), limit, progress),
    ),
    Shipped(
        "hard_questions",
        "the same on invented news, with questions worded so that words mislead, and near misses",
        lambda limit, progress: _ask(read_hard_questions(), limit, progress),
    ),
    OnData(
        "own",
        "the same on articles and questions of your own",
        "you; --data is a folder with `articles` and `questions.jsonl`, as evals/datasets/sample.py has it",
        _asked(read_own),
    ),
    OnData(
        "onestop_qa",
        "sentence-level citation accuracy on Guardian articles; refusing what no article is about",
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
        _asked(read_onestop_qa),
    ),
    OnData(
        "xquad",
        "citing the sentence of Wikipedia that answers, the same questions in several languages",
        "https://github.com/google-deepmind/xquad; --data is the folder that holds `xquad.en.json`",
        _asked(read_xquad),
    ),
    OnData(
        "squad2_sample",
        "refusing questions that look answerable from a paragraph of Wikipedia and are not",
        "https://rajpurkar.github.io/SQuAD-explorer; --data holds a sample of it as `queries.json` and "
        "`ground_truth.json`, described in evals/datasets/squad.py",
        _asked(read_squad2_sample),
    ),
    OnData(
        "clapnq",
        "the sentences that answer questions of web users; refusing those that their page doesn't answer",
        "https://github.com/primeqa/clapnq; --data is the folder that holds `clapnq_dev_answerable.jsonl`",
        _asked(read_clapnq),
    ),
    Shipped(
        "boilerplate",
        "boilerplate that can be cited, and is; real sentences masked: hand-marked pages and the sample",
        evaluate_boilerplate,
    ),
    Shipped(
        "disputes",
        "denials told as denials, both sides given, copies of one report counted once: invented articles",
        evaluate_disputes,
    ),
    Shipped(
        "injection",
        "orders, false answers and markup planted in articles: whether they get into answers",
        evaluate_injection,
    ),
    Shipped(
        "written",
        "what the settings' chat model writes over the sample: supported, or quotes in its place",
        evaluate_written,
    ),
    Shipped(
        "latency",
        "seconds an answer takes over 20,000 passages (--limit for fewer), by stage",
        latency.run,
    ),
    OnData(
        "ablation",
        "what each part of the ranking adds on OneStopQA: the figures without it",
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
        lambda data, limit, progress: ablation.run(read_onestop_qa(data), limit, progress),
    ),
    Shipped(
        "scale",
        "time, memory and disk for 25,000 generated articles (--limit for fewer), and for 100 more",
        scale.run,
    ),
    OnData(
        "article_extraction",
        "how much of the article is read from saved news pages, and how little else",
        "https://github.com/scrapinghub/article-extraction-benchmark; --data is that folder",
        extraction.run,
    ),
    OnData(
        "near_duplicates",
        "rewrites of one story found to be reprints, different stories kept apart",
        "https://github.com/nishkalavallabhi/OneStopEnglishCorpus; --data is the folder that holds `Adv-Txt`",
        near_duplicates.run,
    ),
    OnData(
        "wice",
        "written claims that quotes support let pass by the check of chat models' sentences, others refused",
        "https://github.com/ryokamoi/wice; --data is that folder, with `data` in it",
        support_check.run,
    ),
)
EVALUATIONS = {entry.name: entry for entry in _ENTRIES}


def run_evaluation(
    name: str, data: Path | None = None, *, limit: int | None = None, progress: Progress = silent
) -> Report:
    """Run the evaluation called `name` on the folder `data`, or on what ships with newscite.

    Raises InputError on an unknown name, a missing or needless `data`, or data that isn't what it needs.
    """
    entry = EVALUATIONS.get(name)
    if entry is None:
        raise InputError(f"there is no evaluation {name!r}; there are: {', '.join(EVALUATIONS)}")
    if isinstance(entry, Shipped):
        if data is not None:
            raise InputError(f"the evaluation {name!r} ships with newscite and takes no --data")
        return entry.run(limit, progress)
    if data is None:
        raise InputError(f"the evaluation {name!r} needs --data FOLDER; get it from {entry.where}")
    return entry.run(data, limit, progress)
