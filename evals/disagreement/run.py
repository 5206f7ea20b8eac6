"""Ask about every minimal pair over one article, the other and both; and the cases of corroboration."""

import hashlib
import time
from collections.abc import Iterable, Sequence

from evals.disagreement.corroboration import CorroborationCase, JudgedCase, read_shipped_cases
from evals.disagreement.measure import JudgedPair, judge
from evals.disagreement.pairs import Pair, read_shipped_pairs
from evals.disagreement.report import DisputesReport
from evals.schema import Progress, silent, spread
from evals.systems.newscite import AnsweringOver, pipelines_loaded_once
from index.schema import Article, Filter


def evaluate_disputes(
    limit: int | None = None,
    progress: Progress = silent,
    *,
    pairs: Sequence[Pair] | None = None,
    cases: Sequence[CorroborationCase] | None = None,
    open: AnsweringOver | None = None,
) -> DisputesReport:
    """Ask about `pairs` and `cases`, by default those that ship with newscite, or `limit` of each spread
    evenly.

    `open` makes what is asked over some articles, by default newscite with its settings as they are. A pair's
    articles are indexed together, and asked one by one by their outlets. Raises InputError if the data can't
    be read.
    """
    began = time.monotonic()
    opened = open or pipelines_loaded_once()
    chosen_pairs = spread(read_shipped_pairs() if pairs is None else pairs, limit)
    chosen_cases = spread(read_shipped_cases() if cases is None else cases, limit)
    judged_pairs = []
    progress("asking pairs", 0, len(chosen_pairs))
    for done, pair in enumerate(chosen_pairs, start=1):
        judged_pairs.append(_ask_pair(pair, opened))
        progress("asking pairs", done, len(chosen_pairs))
    judged_cases = []
    progress("asking for origins", 0, len(chosen_cases))
    for done, case in enumerate(chosen_cases, start=1):
        with opened(case.articles) as system:
            judged_cases.append(JudgedCase(case, system.answer(case.question)))
        progress("asking for origins", done, len(chosen_cases))
    return DisputesReport(
        tuple(judged_pairs),
        tuple(judged_cases),
        digest=_digest(chosen_pairs, chosen_cases),
        seconds=time.monotonic() - began,
    )


def _ask_pair(pair: Pair, open: AnsweringOver) -> JudgedPair:
    first, second = (side.article for side in pair.sides)
    with open([first, second]) as system:
        return judge(
            pair,
            (
                system.answer(pair.question, filter=Filter(outlet=first.outlet)),
                system.answer(pair.question, filter=Filter(outlet=second.outlet)),
            ),
            system.answer(pair.question),
        )


def _digest(pairs: Iterable[Pair], cases: Iterable[CorroborationCase]) -> str:
    """SHA-256 over everything that is asked and what is right."""
    digest = hashlib.sha256()
    for pair in pairs:
        sides = [(side.key.start, side.key.end, side.stance, side.answer) for side in pair.sides]
        told = [_told(side.article) for side in pair.sides]
        digest.update(repr((pair.id, pair.kind, pair.question, sides, told)).encode())
    for case in cases:
        told = [_told(article) for article in case.articles]
        digest.update(repr((case.id, case.question, case.origins, told)).encode())
    return digest.hexdigest()


def _told(article: Article) -> tuple[str, ...]:
    return article.title, article.outlet, article.published, article.text
