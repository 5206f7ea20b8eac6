"""`newscite eval boilerplate`: masks held against the marks, and answers to questions that bait boilerplate.

Each part is a store of its own, asked through the same `Pipeline.answer` as everyone uses.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from evals.boilerplate.measure import BaitedCitation, PageResult, measure_masks
from evals.boilerplate.pages import MarkedPage, digest_of, read_marked_pages
from evals.boilerplate.report import BoilerplateReport
from evals.schema import Progress, silent, spread
from evals.systems.newscite import AnsweringOver, pipeline_over


def evaluate_boilerplate(
    limit: int | None = None,
    progress: Progress = silent,
    *,
    pages: Sequence[MarkedPage] | None = None,
    system_over: AnsweringOver = pipeline_over,
) -> BoilerplateReport:
    """Measure `pages`, by default those that ship with newscite, or `limit` of them spread evenly.

    Raises InputError if a page or its marks can't be read.
    """
    began = time.monotonic()
    chosen = spread(read_marked_pages() if pages is None else pages, limit)
    parts: dict[str, list[MarkedPage]] = defaultdict(list)
    for page in chosen:
        parts[page.part].append(page)
    results = [result for together in parts.values() for result in _ask(together, system_over, progress)]
    return BoilerplateReport(tuple(results), digest_of(chosen), time.monotonic() - began)


def _ask(pages: Sequence[MarkedPage], system_over: AnsweringOver, progress: Progress) -> list[PageResult]:
    """Measure the pages of one part, stored together."""
    by_article = {page.article.id: page for page in pages}
    total, done = sum(len(page.questions) for page in pages), 0
    stage = f"asking {pages[0].part.replace('_', ' ')}"
    progress(stage, 0, total)
    results = []
    with system_over([page.article for page in pages]) as system:
        for page in pages:
            answers = []
            for question in page.questions:
                cited = system.answer(question).citations
                answers.append(
                    tuple(
                        BaitedCitation(
                            question=question,
                            quote=citation.text,
                            touched=_touched(by_article, citation.article.id, citation.start, citation.end),
                        )
                        for citation in cited
                    )
                )
                done += 1
                progress(stage, done, total)
            results.append(replace(measure_masks(page), citations=tuple(answers)))
    return results


def _touched(pages: dict[str, MarkedPage], article_id: str, start: int, end: int) -> str:
    lines = pages[article_id].touched(start, end)
    return lines[0].kind if lines else ""
