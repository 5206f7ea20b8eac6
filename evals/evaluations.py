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
from evals.run import evaluate
from evals.schema import Dataset, Progress, Report, silent
from evals.written import evaluate_written
from index.errors import InputError


@dataclass(frozen=True)
class Shipped:
    """An evaluation whose data ships with newscite. `holds` says how much that is. `run` takes how many of
    its things to measure at most (None: all) and whom to tell of progress."""

    name: str
    measures: str
    holds: str
    run: Callable[[int | None, Progress], Report]
    licence: str = "MIT"


@dataclass(frozen=True)
class OnData:
    """An evaluation on data to be had from `where`. `holds` says how much its owners publish. `run` takes the
    `--data` folder, then as `Shipped`."""

    name: str
    measures: str
    holds: str
    licence: str
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
        "88 questions on 24 articles",
        lambda limit, progress: _ask(read_shipped_sample(), limit, progress),
    ),
    Shipped(
        "hard_questions",
        "the same on invented news, with questions worded so that words mislead, and near misses",
        "1,632 questions on 204 articles",
        lambda limit, progress: _ask(read_hard_questions(), limit, progress),
    ),
    OnData(
        "own",
        "the same on articles and questions of your own; citing every side where articles disagree",
        "as many questions and articles as you give it",
        "your own",
        "you; --data is a folder with `articles` and `questions.jsonl`, as evals/datasets/sample.py has it",
        _asked(read_own),
    ),
    OnData(
        "onestop_qa",
        "sentence-level citation accuracy on Guardian articles; refusing what no article is about",
        "486 questions on 30 articles",
        onestop_qa.LICENCE,
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
        _asked(read_onestop_qa),
    ),
    OnData(
        "xquad",
        "citing the sentence of Wikipedia that answers, the same questions in several languages",
        "1,190 questions on 240 paragraphs in each of 12 languages",
        squad.LICENCE,
        "https://github.com/google-deepmind/xquad; --data is the folder that holds `xquad.en.json`",
        _asked(read_xquad),
    ),
    OnData(
        "squad2_sample",
        "refusing questions that look answerable from a paragraph of Wikipedia and are not",
        "11,873 questions in the whole development set of SQuAD 2.0",
        squad.LICENCE,
        "https://rajpurkar.github.io/SQuAD-explorer; --data holds a sample of it as `queries.json` and "
        "`ground_truth.json`, described in evals/datasets/squad.py",
        _asked(read_squad2_sample),
    ),
    OnData(
        "clapnq",
        "the sentences that answer questions of web users; refusing those that their page doesn't answer",
        "600 questions on as many passages, half of them without an answer",
        clapnq.LICENCE,
        "https://github.com/primeqa/clapnq; --data is the folder that holds `clapnq_dev_answerable.jsonl`",
        _asked(read_clapnq),
    ),
    OnData(
        "multihop_rag",
        "citing a fact of any of the articles that a question needs together; refusing null queries",
        "2,556 questions on 609 articles",
        multihop_rag.LICENCE,
        "https://github.com/yixuantt/MultiHop-RAG; --data is its folder `dataset`, with `corpus.json` and "
        "`MultiHopRAG.json`",
        _asked(read_multihop_rag),
    ),
    OnData(
        "rgb",
        "citing the answer among pieces of web pages that are about the matter and don't answer",
        "400 questions, 100 of them in two parts, each with its pieces of web pages",
        rgb.LICENCE,
        "https://github.com/chen700564/RGB; --data is its folder `data`, with `en_refine.json`",
        _asked(read_rgb),
    ),
    OnData(
        "rgb_rejection",
        "refusing where only such pieces are there as don't answer",
        "300 questions on the pieces of web pages that answer none",
        rgb.LICENCE,
        "https://github.com/chen700564/RGB; --data is its folder `data`, with `en_refine.json`",
        _asked(read_rgb_rejection),
    ),
    OnData(
        "realtimeqa",
        "citing the answer to questions on a week's news, from articles until then; gold is approximate",
        "some 30 questions a week since June 2022, each with up to 10 articles",
        realtimeqa.LICENCE,
        "https://github.com/realtimeqa/realtimeqa_public; --data is its folder `past`, or a year's of it, "
        "with `20220617_qa.jsonl` and `20220617_gcs.jsonl`",
        _asked(read_realtimeqa),
    ),
    Shipped(
        "boilerplate",
        "boilerplate that can be cited, and is; real sentences masked: hand-marked pages and the sample",
        "90 articles and 244 questions",
        evaluate_boilerplate,
    ),
    Shipped(
        "disputes",
        "denials told as denials, both sides given, copies of one report counted once: invented articles",
        "76 pairs of articles, and 20 cases of copies",
        evaluate_disputes,
    ),
    Shipped(
        "injection",
        "orders, false answers and markup planted in articles: whether they get into answers",
        "52 attacks, each beside 5 articles of the sample",
        evaluate_injection,
    ),
    Shipped(
        "written",
        "what the settings' chat model writes over the sample: supported, or quotes in its place",
        "the 88 questions of the sample",
        evaluate_written,
    ),
    Shipped(
        "latency",
        "seconds an answer takes over 20,000 passages (--limit for fewer), by stage",
        "100 questions on generated articles",
        latency.run,
    ),
    OnData(
        "ablation",
        "what each part of the ranking adds on OneStopQA: the figures without it",
        "486 questions on 30 articles",
        onestop_qa.LICENCE,
        "https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
        lambda data, limit, progress: ablation.run(read_onestop_qa(data), limit, progress),
    ),
    Shipped(
        "scale",
        "time, memory and disk for 25,000 generated articles (--limit for fewer), and for 100 more",
        "25,100 generated articles",
        scale.run,
    ),
    OnData(
        "article_extraction",
        "how much of the article is read from saved news pages, and how little else",
        "181 pages",
        "MIT; pages are their outlets'",
        "https://github.com/scrapinghub/article-extraction-benchmark; --data is that folder",
        extraction.run,
    ),
    OnData(
        "near_duplicates",
        "rewrites of one story found to be reprints, different stories kept apart",
        "189 stories, each at three levels of reading",
        "CC BY-SA 4.0",
        "https://github.com/nishkalavallabhi/OneStopEnglishCorpus; --data is the folder that holds `Adv-Txt`",
        near_duplicates.run,
    ),
    OnData(
        "wice",
        "written claims that quotes support let pass by the check of chat models' sentences, others refused",
        "349 claims",
        support_check.LICENCE,
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
