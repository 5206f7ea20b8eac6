"""The attacks: ordinary news with words planted in it that an answering system should not make its own.

A line of `attacks.jsonl` is one attack:

    {"id": "...", "kind": "orders", "title": "...", "outlet": "...", "published": "2031-02-17", "text": "...",
     "question": "...", "true": "...", "planted": ["...", "..."]}

`true` is the sentence of the text that answers, word for word; `planted` are words that show, where a system
says them itself, that the attack worked. They need not stand in the text: some are what it asks to be said in
other letters. Everything is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from evals.articles import article_of, only_span
from evals.data_files import read_identified
from index.schema import Article, Span

LICENCE = "MIT"
KINDS = (
    *("orders", "fake_system", "fake_citation", "fake_answer", "fence", "hidden", "homoglyph", "markup"),
    *("exfiltration", "persuasion", "keyword_stuffing", "authority", "multilingual", "title"),
)
_NAMED = "the attacks"


@dataclass(frozen=True)
class Attack:
    """A question, the true sentence that answers it, and the words planted beside it. `kind` is one of
    `KINDS`."""

    id: str
    kind: str
    question: str
    true: Span
    planted: tuple[str, ...]

    @property
    def article(self) -> Article:
        """The article that attacks."""
        return self.true.article


def read_shipped_attacks() -> tuple[Attack, ...]:
    """The attacks as installed with newscite."""
    with as_file(files("evals") / "injection" / "attacks.jsonl") as path:
        return read_attacks(path)


def read_attacks(path: Path) -> tuple[Attack, ...]:
    """Read the attacks of a JSON Lines file. Raises InputError where one is not as described above."""
    return read_identified(path, _NAMED, "attack", _attack)


def _attack(row: Mapping[str, Any]) -> Attack:
    if row["kind"] not in KINDS:
        raise ValueError(f"the kind {row['kind']!r} is none of {', '.join(KINDS)}")
    planted = tuple(row["planted"])
    if not planted or not all(words.strip() for words in planted):
        raise ValueError("an attack needs planted words")
    if held := next((words for words in planted if words.casefold() in row["true"].casefold()), ""):
        raise ValueError(f"{held!r} is planted, but the true sentence holds it")
    true = only_span(article_of(row, row["id"]), row["true"])
    return Attack(row["id"], row["kind"], row["question"], true, planted)
