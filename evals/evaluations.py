"""The evaluations by name: what each measures, what its data holds and where to get it, and how to run it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals import ablation, extraction, latency, near_duplicates, scale, support_check
from evals.boilerplate.run import evaluate_boilerplate
from evals.datasets import (
    clapnq,
    multihop_rag,
    onestop_qa,
    read_clapnq,
    read_hard_questions,
    read_multihop_rag,
    read_onestop_qa,
    read_own,
    read_realtimeqa,
    read_rgb,
    read_rgb_rejection,
    read_shipped_sample,
    read_squad2_sample,
    read_xquad,
    realtimeqa,
    rgb,
    squad,
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
    """An evaluation that asks a dataset's questions of any system. `holds` says how much it is, as its owners
    publish it. `read` takes the `--data` folder, which is to be had from `where`; without one the data ships
    with newscite, and `read` takes nothing of it."""

    name: str
    measures: str
    holds: str
    read: Callable[[Path], Dataset]
    licence: str = "MIT"
    where: str = ""


@dataclass(frozen=True)
class OfNewscite:
    """An evaluation of newscite alone. `run` takes the `--data` folder, as `Questions.read`; how many of its
    things to measure at most (None: all); and whom to tell of progress. `resume`, where a run is long, is the
    same with the folder of `--keep`, from which it goes on."""

    name: str
    measures: str
    holds: str
    run: Callable[[Path, int | None, Progress], Report]
    licence: str = "MIT"
    where: str = ""
    resume: Callable[[Path, int | None, Progress], Report] | None = None


_ENTRIES: tuple[Questions | OfNewscite, ...] = (
    Questions(
        "sample",
        "cited sentences, retrieval and refusing on the shipped articles, by kind of question",
        "88 questions on 24 articles",
        lambda _: read_shipped_sample(),
    ),
    Questions(
        "hard_questions",
        "the same on invented news, with questions worded so that words mislead, and near misses",
        "1,632 questions on 204 articles",
        lambda _: read_hard_questions(),
    ),
    Questions(
        "own",
        "the same on articles and questions of your own; citing every side where articles disagree",
        "as many questions and articles as you give it",
        read_own,
        "your own",
        "you; --data is a folder with `articles` and `questions.jsonl`, as evals/datasets/sample.py has it",
    ),
    Questions(
        "onestop_qa",
        "sentence-level citation accuracy on Guardian articles; refusing what no article is about",
        "486 questions on 30 articles",
        read_onestop_qa,
        onestop_qa.LICENCE,
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
    ),
    Questions(
        "xquad",
        "citing the sentence of Wikipedia that answers, the same questions in several languages",
        "1,190 questions on 240 paragraphs in each of 12 languages",
        read_xquad,
        squad.LICENCE,
        "https://github.com/google-deepmind/xquad; --data is the folder that holds `xquad.en.json`",
    ),
    Questions(
        "squad2_sample",
        "refusing questions that look answerable from a paragraph of Wikipedia and are not",
        "11,873 questions in the whole development set of SQuAD 2.0",
        read_squad2_sample,
        squad.LICENCE,
        "https://rajpurkar.github.io/SQuAD-explorer; --data holds a sample of it as `queries.json` and "
        "`ground_truth.json`, described in evals/datasets/squad.py",
    ),
    Questions(
        "clapnq",
        "the sentences that answer questions of web users; refusing those that their page doesn't answer",
        "600 questions on as many passages, half of them without an answer",
        read_clapnq,
        clapnq.LICENCE,
        "https://github.com/primeqa/clapnq; --data is the folder that holds `clapnq_dev_answerable.jsonl`",
    ),
    Questions(
        "multihop_rag",
        "citing a fact of any of the articles that a question needs together; refusing null queries",
        "2,556 questions on 609 articles",
        read_multihop_rag,
        multihop_rag.LICENCE,
        "https://github.com/yixuantt/MultiHop-RAG; --data is its folder `dataset`, with `corpus.json` and "
        "`MultiHopRAG.json`",
    ),
    Questions(
        "rgb",
        "citing the answer among pieces of web pages that are about the matter and don't answer",
        "400 questions, 100 of them in two parts, each with its pieces of web pages",
        read_rgb,
        rgb.LICENCE,
        "https://github.com/chen700564/RGB; --data is its folder `data`, with `en_refine.json`",
    ),
    Questions(
        "rgb_rejection",
        "refusing where only such pieces are there as don't answer",
        "300 questions on the pieces of web pages that answer none",
        read_rgb_rejection,
        rgb.LICENCE,
        "https://github.com/chen700564/RGB; --data is its folder `data`, with `en_refine.json`",
    ),
    Questions(
        "realtimeqa",
        "citing the answer to questions on a week's news, from articles until then; gold is approximate",
        "some 30 questions a week since June 2022, each with up to 10 articles",
        read_realtimeqa,
        realtimeqa.LICENCE,
        "https://github.com/realtimeqa/realtimeqa_public; --data is its folder `past`, or a year's of it, "
        "with `20220617_qa.jsonl` and `20220617_gcs.jsonl`",
    ),
    OfNewscite(
        "boilerplate",
        "boilerplate that can be cited, and is; real sentences masked: hand-marked pages and the sample",
        "90 articles and 244 questions",
        lambda _, limit, progress: evaluate_boilerplate(limit, progress),
    ),
    OfNewscite(
        "disputes",
        "denials told as denials, both sides given, copies of one report counted once: invented articles",
        "76 pairs of articles, and 20 cases of copies",
        lambda _, limit, progress: evaluate_disputes(limit, progress),
    ),
    OfNewscite(
        "injection",
        "orders, false answers and markup planted in articles: whether they get into answers",
        "52 attacks, each beside 5 articles of the sample",
        lambda _, limit, progress: evaluate_injection(limit, progress),
    ),
    OfNewscite(
        "written",
        "what the settings' chat model writes over the sample: supported, or quotes in its place",
        "the 88 questions of the sample",
        lambda _, limit, progress: evaluate_written(limit, progress),
    ),
    OfNewscite(
        "latency",
        "seconds an answer takes over 20,000 passages (--limit for fewer), by stage",
        "100 questions on generated articles",
        lambda _, limit, progress: latency.run(limit, progress),
    ),
    OfNewscite(
        "ablation",
        "what each part of the ranking adds on OneStopQA: the figures without it",
        "486 questions on 30 articles",
        lambda data, limit, progress: ablation.run(read_onestop_qa(data), limit, progress),
        onestop_qa.LICENCE,
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
    ),
    OfNewscite(
        "scale",
        "time, memory and disk for 25,000 generated articles (--limit for fewer), and for 100 more",
        "25,100 generated articles",
        lambda _, limit, progress: scale.run(limit, progress),
        resume=scale.run_kept,
    ),
    OfNewscite(
        "article_extraction",
        "how much of the article is read from saved news pages, and how little else",
        "181 pages",
        extraction.run,
        "MIT; pages are their outlets'",
        "https://github.com/scrapinghub/article-extraction-benchmark; --data is that folder",
    ),
    OfNewscite(
        "near_duplicates",
        "rewrites of one story found to be reprints, different stories kept apart",
        "189 stories, each at three levels of reading",
        near_duplicates.run,
        "CC BY-SA 4.0",
        "https://github.com/nishkalavallabhi/OneStopEnglishCorpus; --data is the folder that holds `Adv-Txt`",
    ),
    OfNewscite(
        "wice",
        "written claims that quotes support let pass by the check of chat models' sentences, others refused",
        "349 claims",
        support_check.run,
        support_check.LICENCE,
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
    if options != Options(limit=options.limit, keep=options.keep if entry.resume else None):
        known = "--limit and --keep" if entry.resume else "--limit"
        raise InputError(f"the evaluation {name!r} is of newscite alone, and takes no option but {known}")
    if entry.resume and options.keep:
        return entry.resume(options.keep.with_suffix(""), options.limit, progress)
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
