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
from evals.run import PLAINLY, Options, evaluate
from evals.schema import Dataset, Progress, Report, silent
from evals.written import evaluate_written
from index.errors import InputError


@dataclass(frozen=True)
class Questions:
    """An evaluation that asks a dataset's questions of any system. `read` takes the `--data` folder, which is
    to be had from `where`; without one the data ships with newscite, and `read` takes nothing of it."""

    name: str
    measures: str
    read: Callable[[Path], Dataset]
    where: str = ""


@dataclass(frozen=True)
class OfNewscite:
    """An evaluation of newscite alone. `run` takes the `--data` folder, as `Questions.read`; how many of its
    things to measure at most (None: all); and whom to tell of progress."""

    name: str
    measures: str
    run: Callable[[Path, int | None, Progress], Report]
    where: str = ""


_ENTRIES: tuple[Questions | OfNewscite, ...] = (
    Questions(
        "sample",
        "cited sentences, retrieval and refusing on the shipped articles, by kind of question",
        lambda _: read_shipped_sample(),
    ),
    Questions(
        "hard_questions",
        "the same on invented news, with questions worded so that words mislead, and near misses",
        lambda _: read_hard_questions(),
    ),
    Questions(
        "own",
        "the same on articles and questions of your own",
        read_own,
        "you; --data is a folder with `articles` and `questions.jsonl`, as evals/datasets/sample.py has it",
    ),
    Questions(
        "onestop_qa",
        "sentence-level citation accuracy on Guardian articles; refusing what no article is about",
        read_onestop_qa,
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
    ),
    Questions(
        "xquad",
        "citing the sentence of Wikipedia that answers, the same questions in several languages",
        read_xquad,
        "https://github.com/google-deepmind/xquad; --data is the folder that holds `xquad.en.json`",
    ),
    Questions(
        "squad2_sample",
        "refusing questions that look answerable from a paragraph of Wikipedia and are not",
        read_squad2_sample,
        "https://rajpurkar.github.io/SQuAD-explorer; --data holds a sample of it as `queries.json` and "
        "`ground_truth.json`, described in evals/datasets/squad.py",
    ),
    Questions(
        "clapnq",
        "the sentences that answer questions of web users; refusing those that their page doesn't answer",
        read_clapnq,
        "https://github.com/primeqa/clapnq; --data is the folder that holds `clapnq_dev_answerable.jsonl`",
    ),
    OfNewscite(
        "boilerplate",
        "boilerplate that can be cited, and is; real sentences masked: hand-marked pages and the sample",
        lambda _, limit, progress: evaluate_boilerplate(limit, progress),
    ),
    OfNewscite(
        "disputes",
        "denials told as denials, both sides given, copies of one report counted once: invented articles",
        lambda _, limit, progress: evaluate_disputes(limit, progress),
    ),
    OfNewscite(
        "injection",
        "orders, false answers and markup planted in articles: whether they get into answers",
        lambda _, limit, progress: evaluate_injection(limit, progress),
    ),
    OfNewscite(
        "written",
        "what the settings' chat model writes over the sample: supported, or quotes in its place",
        lambda _, limit, progress: evaluate_written(limit, progress),
    ),
    OfNewscite(
        "latency",
        "seconds an answer takes over 20,000 passages (--limit for fewer), by stage",
        lambda _, limit, progress: latency.run(limit, progress),
    ),
    OfNewscite(
        "ablation",
        "what each part of the ranking adds on OneStopQA: the figures without it",
        lambda data, limit, progress: ablation.run(read_onestop_qa(data), limit, progress),
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
    ),
    OfNewscite(
        "scale",
        "time, memory and disk for 25,000 generated articles (--limit for fewer), and for 100 more",
        lambda _, limit, progress: scale.run(limit, progress),
    ),
    OfNewscite(
        "article_extraction",
        "how much of the article is read from saved news pages, and how little else",
        extraction.run,
        "https://github.com/scrapinghub/article-extraction-benchmark; --data is that folder",
    ),
    OfNewscite(
        "near_duplicates",
        "rewrites of one story found to be reprints, different stories kept apart",
        near_duplicates.run,
        "https://github.com/nishkalavallabhi/OneStopEnglishCorpus; --data is the folder that holds `Adv-Txt`",
    ),
    OfNewscite(
        "wice",
        "written claims that quotes support let pass by the check of chat models' sentences, others refused",
        support_check.run,
        "https://github.com/ryokamoi/wice; --data is that folder, with `data` in it",
    ),
)
EVALUATIONS = {entry.name: entry for entry in _ENTRIES}


def run_evaluation(
    name: str, data: Path | None = None, options: Options = PLAINLY, *, progress: Progress = silent
) -> Report:
    """Run the evaluation called `name` on the folder `data`, or on what ships with newscite.

    Raises InputError on an unknown name, a missing or needless `data`, data that isn't what it needs, or
    options for other systems than newscite where it asks no dataset's questions.
    """
    entry = find_evaluation(name)
    folder = _folder(entry, data)
    if isinstance(entry, Questions):
        return QuestionReport(evaluate(entry.read(folder), options, progress=progress))
    if options != Options(limit=options.limit):
        raise InputError(f"the evaluation {name!r} is of newscite alone, and takes no option but --limit")
    return entry.run(folder, options.limit, progress)


def read_dataset(name: str, data: Path | None = None) -> Dataset:
    """The dataset of questions called `name`. Raises InputError as `run_evaluation` does."""
    entry = find_evaluation(name)
    if not isinstance(entry, Questions):
        raise InputError(f"the evaluation {name!r} is of newscite alone: no other system can be asked")
    return entry.read(_folder(entry, data))


def find_evaluation(name: str) -> Questions | OfNewscite:
    """The evaluation called `name`. Raises InputError if there is none."""
    entry = EVALUATIONS.get(name)
    if entry is None:
        raise InputError(f"there is no evaluation {name!r}; there are: {', '.join(EVALUATIONS)}")
    return entry


def _folder(entry: Questions | OfNewscite, data: Path | None) -> Path:
    """The folder of its data: `data`, or the folder in it that has the evaluation's name."""
    if not entry.where:
        if data is not None:
            raise InputError(f"the evaluation {entry.name!r} ships with newscite and takes no --data")
        return Path()
    if data is None:
        raise InputError(f"the evaluation {entry.name!r} needs --data FOLDER; get it from {entry.where}")
    return data / entry.name if (data / entry.name).is_dir() else data
