"""A run as one HTML page that needs nothing else: figures, plots, and every question with what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from statistics import median

from evals.cases import Case, EvalResult, Outcome
from evals.figures import Figure
from evals.metrics import expected_calibration_error, hits_at_k, reliability, risk_coverage
from evals.pages.excerpts import excerpt
from evals.pages.outcomes import OUTCOMES, outcomes
from evals.pages.plots import by_rank, cumulative, curve
from evals.report import BY_KIND, answer_seconds
from evals.run import SEARCH_DEPTH
from evals.summary import MEANS, counted, summarise_by_kind
from index.schema import Article


def to_html(result: EvalResult) -> str:
    """One page that needs nothing else: figures, plots, and every question with what came of it.

    A lone surrogate, which no file can hold, becomes a question mark.
    """
    return _page(result).encode("utf-8", "replace").decode("utf-8")


def _page(result: EvalResult) -> str:
    dataset = result.dataset
    assets = files("evals") / "pages"
    title = f"{dataset.name}: {len(result.cases)} questions on {len(dataset.articles)} articles"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{(assets / "page.css").read_text("utf-8")}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p class="soft">{escape(dataset.description)}. Licence: {escape(dataset.licence)}. Data {dataset.digest[:12]}.
Asked: {escape(result.system)}, in {result.seconds:.0f} s. Judge of support:
{escape(result.judge)}. Intervals: 95 %, bootstrap over questions.</p>
</header>
<main>
<h2>Figures</h2>
{_figures(counted(result.cases))}
<h2>Plots</h2>
{_plots(result.cases)}
{_kinds(result.cases)}
<h2>Questions</h2>
{_questions(result)}
</main>
<script>{(assets / "page.js").read_text("utf-8")}</script>
</body>
</html>
"""


def _figures(figures: Mapping[str, Figure]) -> str:
    rows = [(key, figure.shown, figure.interval, str(figure.n)) for key, figure in figures.items()]
    means = [MEANS[key] for key in figures]
    return _table(("metric", "value", "95 % interval", "n"), rows, ("what it counts", means))


def _kinds(cases: Sequence[Case]) -> str:
    by_kind = summarise_by_kind(cases)
    if len(by_kind) < 2:
        return ""
    rows = [(kind, *(figures[key].shown for key in BY_KIND)) for kind, figures in by_kind.items()]
    head = ("kind", *(key.replace("_", " ") for key in BY_KIND))
    return f"<h2>By kind of question</h2>{_table(head, rows)}"


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], last: tuple[str, Sequence[str]] | None = None
) -> str:
    """A table whose first column names its rows and whose others are numbers; `last` is one of words."""
    words_head, words = last or ("", [""] * len(rows))
    heads = f'<th scope="col">{escape(head[0])}</th>' + "".join(
        f'<th scope="col" class="number">{escape(name)}</th>' for name in head[1:]
    )
    lines = []
    for (name, *numbers), said in zip(rows, words, strict=True):
        cells = "".join(f'<td class="number">{escape(number)}</td>' for number in numbers)
        lines.append(f'<tr><th scope="row">{escape(name)}</th>{cells}{_words_cell("td", said)}</tr>')
    return (
        f'<div class="wide"><table><thead><tr>{heads}{_words_cell("th", words_head)}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _words_cell(tag: str, words: str) -> str:
    return f"<{tag}>{escape(words)}</{tag}>" if words else ""


def _plots(cases: Sequence[Case]) -> str:
    known = [case for case in cases if case.question.gold_known]
    judged = [
        (trial.confidence, not trial.absent and any(outcome.right[:1]))
        for case in known
        for trial, outcome in zip(case.trials, case.outcomes, strict=True)
    ]
    answered = [
        (outcome.confidence, any(outcome.right[:1]))
        for case in known
        for outcome in case.outcomes
        if not outcome.refused
    ]
    searched = [case.hits for case in cases if case.hits is not None]
    drawn = []
    if answered:
        drawn.append(
            _figure(
                curve(
                    risk_coverage(answered),
                    x="share of answers kept",
                    y="share wrong",
                    about="Risk and coverage: the share of wrong answers among the most confident ones",
                ),
                "Risk and coverage: of the answers kept, the surest first, how many cite a wrong sentence.",
            )
        )
    is_probability = all(0 <= confidence <= 1 for confidence, _ in judged)
    if is_probability and (error := expected_calibration_error(judged)) is not None:
        drawn.append(
            _figure(
                curve(
                    [(confidence, right) for confidence, right, _ in reliability(judged)],
                    x="confidence",
                    y="share right",
                    about="Calibration: how often an answer of each confidence is right",
                    diagonal=True,
                ),
                f"Calibration: how often each confidence is right. Expected calibration error {error:.3f}.",
            )
        )
    if searched:
        shares = [
            sum(hits_at_k(hits, k) for hits in searched) / len(searched) for k in range(1, SEARCH_DEPTH + 1)
        ]
        drawn.append(
            _figure(
                by_rank(shares, x="k", y="Hits@k", about="Hits at k, for k from one to ten"),
                f"Hits@k: gold among the first k passages, {len(searched)} questions.",
            )
        )
    seconds = answer_seconds(cases)
    drawn.append(
        _figure(
            cumulative(
                seconds,
                x="seconds",
                y="share of answers",
                about="Latency: the share of answers within a time",
            ),
            f"Latency: how many answers had come after so many seconds; half after {median(seconds):.2f}.",
        )
    )
    return f'<div class="plots">{"".join(drawn)}</div>'


def _figure(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _questions(result: EvalResult) -> str:
    met = {key for case in result.cases for key in outcomes(case)}
    named = [("all", "all"), *((key, name) for key, (name, _) in OUTCOMES.items() if key in met)]
    buttons = "".join(
        f'<button type="button" data-show="{key}" aria-pressed="{str(key == "all").lower()}">{name}</button>'
        for key, name in named
    )
    kinds = "".join(
        f'<option value="{escape(kind)}">{escape(kind)}</option>'
        for kind in dict.fromkeys(case.question.kind for case in result.cases)
    )
    articles = {article.source: article for article in result.dataset.articles}
    return (
        f'<div class="filters">{buttons}<label>kind <select id="kind"><option value="">all</option>{kinds}'
        '</select></label><label>words <input id="words" type="search"></label>'
        '<span id="count" class="soft" aria-live="polite"></span></div>'
        '<p class="soft">In the passages, <mark class="gold">gold is shaded</mark> and '
        '<mark class="cited">what was cited is underlined</mark>.</p>'
        + "".join(_question(case, articles) for case in result.cases)
    )


def _question(case: Case, articles: Mapping[str, Article]) -> str:
    question = case.question
    keys = outcomes(case)
    verdicts = ", ".join(
        f'<span class="{"good" if is_well else "bad"}">{escape(name)}</span>'
        for name, is_well in (OUTCOMES[key] for key in keys)
    )
    answers = f'<p class="soft">Right: {escape("; ".join(question.answers))}</p>' if question.answers else ""
    absent = (
        f'<p class="soft">Where its articles were left out: {escape(case.asked_absent.text)} '
        f"(confidence {case.asked_absent.confidence:.2f})</p>"
        if case.asked_absent is not None
        else ""
    )
    about = f"{question.id} · {question.kind} · confidence {case.asked.confidence:.2f}"
    excerpts = "".join(_excerpts(case, case.asked, articles))
    return (
        f'<details data-outcome="{" ".join(keys)}" data-kind="{escape(question.kind)}">'
        f'<summary><span dir="auto">{escape(question.text)}</span> '
        f'<span class="verdict">{verdicts}</span></summary>'
        f'<div><p class="soft">{escape(about)}</p><p dir="auto">{escape(case.asked.text)}</p>'
        f"{answers}{''.join(_wrong(case))}{excerpts}{absent}</div></details>"
    )


def _wrong(case: Case) -> Iterator[str]:
    """What was called wrong, each with whether it was done again."""
    for wrong, is_repeated in zip(case.question.wrong, case.asked.repeats, strict=True):
        quotes = "; ".join(f"“{span.text}”" for span in wrong.places)
        if wrong.sentence:
            done = f"saying “{wrong.sentence}”{' on ' + quotes if quotes else ''}"
        else:
            done = f"citing {quotes}" if quotes else "refusing"
        again = "done again" if is_repeated else "not done again"
        yield f'<p class="soft">Called wrong: <bdi>{escape(done)}</bdi> ({again})</p>'


def _excerpts(case: Case, outcome: Outcome, articles: Mapping[str, Article]) -> Iterator[str]:
    """Each article that is gold or cited, with both marked; gold is shaded, a citation underlined."""
    gold: dict[str, list[tuple[int, int]]] = {}
    for span in case.question.gold:
        gold.setdefault(span.article.source, []).append((span.start, span.end))
    cited: dict[str, list[tuple[int, int]]] = {}
    for citation in outcome.citations:
        cited.setdefault(citation.source, []).append((citation.start, citation.end))
    for source in dict.fromkeys([*cited, *gold]):
        if (article := articles.get(source)) is None:
            continue
        marked = excerpt(article.text, gold.get(source, []), cited.get(source, []))
        name = " · ".join(filter(None, (article.outlet, article.title))) or Path(source).name
        yield (
            f'<p class="soft">{escape(name)}</p>'
            f'<div class="excerpt" dir="auto" lang="{escape(article.language)}">{marked}</div>'
        )
