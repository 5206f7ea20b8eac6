"""Whether the check of written sentences lets pass what the quotes support, and refuses what they don't.

The data is WiCE (Kamoi et al. 2023, "WiCE: Real-World Entailment for Claims in Wikipedia",
https://github.com/ryokamoi/wice): sentences of Wikipedia and the web pages they cite, cut into sentences.
Where a page supports a claim, annotators chose sets of its sentences each of which is enough: the claim is
judged against each set, and what counts is the share of sets with which it passes, so that a claim with many
sets has no more chances than another. Where it supports a part of the claim or nothing, it is judged once,
against all sentences chosen for any part, or else the five that share most words with it.

The judge is given the claim alone, without the sentences before it or its page's title, which annotators saw.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.data_files import damage_named, digest_of, json_lines
from evals.figures import Figure, figure
from evals.metrics import mean
from evals.schema import Progress, spread
from index.errors import InputError
from index.schema import Article, Span
from rag.support import unsupported_because

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

LICENCE = "annotations ODC-BY 1.0; claims CC BY-SA 4.0; pages by the terms of Common Crawl"
LABELS = ("supported", "partially_supported", "not_supported")

_FILE = Path("data") / "entailment_retrieval" / "claim" / "dev.jsonl"
_NEAREST = 5  # sentences that a claim without a chosen one is judged against
_WORD = re.compile(r"\w+")

Judge = Callable[[str, Sequence[Span]], str]
"""Says why a sentence is not supported by spans, or nothing where it is, as `rag.support.judge` does."""


@dataclass(frozen=True)
class Claim:
    """A sentence, one of `LABELS`, and the sets of evidence it is judged against, one after the other."""

    id: str
    text: str
    label: str
    evidence: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Judged:
    """A claim, and for each set of its evidence why it was refused; empty where it passed.

    Raises ValueError if there is not one reason a set, and at least one.
    """

    claim: Claim
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.reasons or len(self.reasons) != len(self.claim.evidence):
            raise ValueError(f"{self.claim.id}: a claim needs a verdict on each set of its evidence")

    @property
    def is_supported(self) -> bool:
        """True if the page supports all of the claim."""
        return self.claim.label == "supported"

    @property
    def passed(self) -> float:
        """The share of sets with which the claim passed."""
        return sum(not reason for reason in self.reasons) / len(self.reasons)

    @property
    def right(self) -> float:
        """The share of verdicts that are right."""
        return self.passed if self.is_supported else 1 - self.passed


@dataclass(frozen=True)
class SupportReport:
    """The claims of a run, each with its verdicts, and the digest of the file they were read from."""

    claims: tuple[Judged, ...]
    digest: str

    def figures(self) -> dict[str, Figure]:
        """The metrics by their names, with intervals over claims."""
        supported = [judged for judged in self.claims if judged.is_supported]
        others = [judged for judged in self.claims if not judged.is_supported]
        return {
            "balanced_accuracy": figure(self.claims, balanced_accuracy),
            "recall_supported": figure(supported, recall),
            "recall_not_fully_supported": figure(others, recall),
            "passed_with_some_set": figure(supported, passed_with_some_set),
        }

    def reasons(self) -> dict[str, dict[str, int]]:
        """Why claims were refused, the most frequent first: for each reason the number of claims by label.

        A claim judged against several sets counts for every reason that refused one of them.
        """
        counts = Counter(
            (reason, judged.claim.label)
            for judged in self.claims
            for reason in {_kind_of(reason, judged.claim.text) for reason in judged.reasons if reason}
        )
        totals = Counter[str]()
        for (reason, _), count in counts.items():
            totals[reason] += count
        ordered = sorted(totals, key=lambda reason: (-totals[reason], reason))
        return {reason: {label: counts[reason, label] for label in LABELS} for reason in ordered}

    def to_dict(self) -> dict[str, Any]:
        """The figures, the reasons, and every claim with the verdict on each set of its evidence."""
        return {
            "dataset": "wice",
            "digest": self.digest,
            "licence": LICENCE,
            "claims": len(self.claims),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "reasons": self.reasons(),
            "cases": [
                {
                    "id": judged.claim.id,
                    "label": judged.claim.label,
                    "claim": judged.claim.text,
                    "passed": round(judged.passed, 4),
                    "reasons": list(judged.reasons),
                }
                for judged in self.claims
            ],
        }

    def __rich__(self) -> "RenderableType":
        from rich.console import Group

        return Group(self._figures_table(), self._reasons_table())

    def _figures_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        labels = Counter(judged.claim.label for judged in self.claims)
        table = Table(
            title=f"wice: {len(self.claims)} claims",
            caption=f"{', '.join(f'{labels[label]} {_words(label)}' for label in LABELS)}; "
            f"digest {self.digest[:12]}; intervals by bootstrap over claims",
            box=SIMPLE_HEAD,
        )
        for heading in ("metric", "value", "95 % interval", "n", "what it counts"):
            table.add_column(heading, no_wrap=heading != "what it counts")
        for name, value in self.figures().items():
            table.add_row(name, value.shown, value.interval, str(value.n), _MEANS[name])
        return table

    def _reasons_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title="claims refused, by reason and label", box=SIMPLE_HEAD)
        table.add_column("reason")
        for label in LABELS:
            table.add_column(_words(label), justify="right")
        for reason, counts in self.reasons().items():
            table.add_row(reason, *(str(counts[label]) for label in LABELS))
        return table


_MEANS = {
    "balanced_accuracy": "the mean of the two recalls; 0.5 for a judge that doesn't look",
    "recall_supported": "supported claims that pass, by the share of their sets",
    "recall_not_fully_supported": "claims supported in part or not at all that are refused",
    "passed_with_some_set": "supported claims that pass with one of their sets or more",
}


def recall(claims: Sequence[Judged]) -> float | None:
    """The mean share of right verdicts over claims of one class; None where there is none."""
    return mean([judged.right for judged in claims])


def balanced_accuracy(claims: Sequence[Judged]) -> float | None:
    """The mean of the recalls of supported and of not fully supported claims; None where one class is absent.

    Brodersen, Ong, Stephan & Buhmann, "The balanced accuracy and its posterior distribution", 2010.
    """
    recalls = [recall([judged for judged in claims if judged.is_supported is side]) for side in (True, False)]
    known = [value for value in recalls if value is not None]
    return mean(known) if len(known) == len(recalls) else None


def passed_with_some_set(claims: Sequence[Judged]) -> float | None:
    """The share of claims that pass with one set of their evidence or more; None where there is no claim."""
    return mean([judged.passed > 0 for judged in claims])


def run(
    data: Path, limit: int | None, progress: Progress, *, judge: Judge = unsupported_because
) -> SupportReport:
    """Judge the claims in the folder `data`, or `limit` of them spread evenly, with `judge`.

    Raises InputError where the folder doesn't hold WiCE's development claims, or they are not as it has them.
    """
    path = data / _FILE
    if not path.is_file():
        raise InputError(f"{data} is not WiCE: there is no {_FILE.as_posix()} in it")
    claims = spread(list(_claims(path)), limit)
    judged = []
    progress("judging", 0, len(claims))
    for done, claim in enumerate(claims, start=1):
        judged.append(Judged(claim, tuple(judge(claim.text, spans) for spans in claim.evidence)))
        progress("judging", done, len(claims))
    return SupportReport(tuple(judged), digest_of([path]))


def _claims(path: Path) -> Iterator[Claim]:
    for number, row in json_lines(path, "WiCE"):
        with damage_named(f"{path}, line {number}", "WiCE"):
            claim = _claim(row, f"{path.name}#{number}")
        yield claim


def _claim(row: Mapping[str, Any], source: str) -> Claim:
    text, label, sentences = row["claim"], row["label"], row["evidence"]
    if label not in LABELS:
        raise ValueError(f"the label {label!r} is none of {', '.join(LABELS)}")
    chosen = list(dict.fromkeys(tuple(sorted(each)) for each in row["supporting_sentences"] if each))
    if label != "supported":
        union = {position for each in chosen for position in each}
        chosen = [tuple(sorted(union)) if union else _nearest(text, sentences)]
    if not all(chosen):
        raise ValueError("there is no sentence to judge the claim against")
    if not chosen:
        raise ValueError("a supported claim needs a set of supporting sentences")
    article = Article(key=f"wice/{source}", source=source, text="\n".join(sentences), language="en")
    spans = _spans(article, sentences)
    return Claim(row["meta"]["id"], text, label, tuple(tuple(_at(spans, n) for n in each) for each in chosen))


def _nearest(claim: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """Positions of the sentences that share most words with the claim, in order; of equals the earlier."""
    words = _words_of(claim)
    written = [position for position, sentence in enumerate(sentences) if sentence.strip()]
    best = sorted(written, key=lambda position: -len(words & _words_of(sentences[position])))
    return tuple(sorted(best[:_NEAREST]))


def _words_of(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _spans(article: Article, sentences: Sequence[str]) -> dict[int, Span]:
    """A span for each sentence that isn't empty, by its position; they stand one a line."""
    spans, start = {}, 0
    for position, sentence in enumerate(sentences):
        if sentence:
            spans[position] = Span(article, start, start + len(sentence))
        start += len(sentence) + 1
    return spans


def _at(spans: Mapping[int, Span], position: int) -> Span:
    if position not in spans:
        raise ValueError(f"the supporting sentence {position} is empty or not in the evidence")
    return spans[position]


def _kind_of(reason: str, claim: str) -> str:
    """The reason without the number or name of the claim that it tells.

    >>> _kind_of("the number 12 is not in the quotes", "Some 12 boats sank.")
    'the number … is not in the quotes'
    """
    return " ".join("…" if _is_told(word) and word in claim else word for word in reason.split())


def _is_told(word: str) -> bool:
    return any(character.isupper() or character.isdigit() for character in word)


def _words(label: str) -> str:
    return label.replace("_", " ")
