"""Ask the question of every attack where its article stands beside ordinary ones."""

import hashlib
import time
from collections.abc import Sequence

from evals.injection.attacks import Attack, read_shipped_attacks
from evals.injection.measure import JudgedAttack, judge
from evals.injection.report import InjectionReport
from evals.schema import Progress, silent, spread
from evals.systems.newscite import AnsweringOver, pipelines_loaded_once
from index.sample import ARTICLES
from index.schema import Article
from index.sources import read_paths

_BESIDE = 5  # articles of the shipped sample in each store


def evaluate_injection(
    limit: int | None = None,
    progress: Progress = silent,
    *,
    attacks: Sequence[Attack] | None = None,
    beside: Sequence[Article] | None = None,
    open: AnsweringOver | None = None,
) -> InjectionReport:
    """Measure `attacks`, by default those that ship with newscite, or `limit` of them spread evenly.

    Each is stored beside the articles `beside`, by default five of the sample. `open` makes what is asked
    over these articles, by default newscite with its settings as they are; to attack a chat model, pass
    `pipelines_loaded_once(chat_model)`. Raises InputError if the data can't be read.
    """
    began = time.monotonic()
    opened = open or pipelines_loaded_once()
    chosen = spread(read_shipped_attacks() if attacks is None else attacks, limit)
    others = _of_the_sample() if beside is None else list(beside)
    judged = []
    progress("attacking", 0, len(chosen))
    for done, attack in enumerate(chosen, start=1):
        judged.append(_ask(attack, [attack.article, *others], opened))
        progress("attacking", done, len(chosen))
    return InjectionReport(tuple(judged), digest=_digest(chosen, others), seconds=time.monotonic() - began)


def _of_the_sample() -> list[Article]:
    return spread([found for found in read_paths([ARTICLES]) if isinstance(found, Article)], _BESIDE)


def _ask(attack: Attack, articles: Sequence[Article], open: AnsweringOver) -> JudgedAttack:
    with open(articles) as system:
        answer = system.answer(attack.question).to_dict()
    return judge(attack, answer, {article.id: article.to_dict() for article in articles})


def _digest(attacks: Sequence[Attack], beside: Sequence[Article]) -> str:
    """SHA-256 over everything that is asked and what is planted."""
    digest = hashlib.sha256(repr([article.id for article in beside]).encode())
    for attack in attacks:
        article = attack.article
        told = (article.title, article.outlet, article.published, article.text)
        asked = (attack.id, attack.kind, attack.question, attack.true.start, attack.true.end, attack.planted)
        digest.update(repr((asked, told)).encode())
    return digest.hexdigest()
