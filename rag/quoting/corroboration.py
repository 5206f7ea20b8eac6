"""How many independent origins stand behind an answer: three reprints of one agency's report are one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.language import folded
from index.schema import outlet_key
from rag.quoting.attribution import who
from rag.telling.stance import Stance

if TYPE_CHECKING:
    from rag.schema import Citation

_SPOKESPERSON = re.compile(r"\b(?:[Ss]pokes\w+|[Pp]ortavoz),? ((?:[A-ZÀ-Þ][\w’'-]+ ?)+)")


@dataclass(frozen=True)
class Origin:
    """One independent origin of what an answer cites: an agency or outlet that reports it, or whoever denies
    it, with the markers of the citations that go back to it. `side` is what all of these do."""

    name: str
    side: Stance
    markers: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The fields of an origin in `newscite ask --json`."""
        return {"name": self.name, "side": self.side, "citations": list(self.markers)}


def origins_of(citations: Sequence["Citation"], reprint_groups: Mapping[str, str]) -> tuple[Origin, ...]:
    """The independent origins of `citations`, in the order in which they are first cited.

    Two citations of one side go back to one origin if they are of one outlet, name one agency or outlet as
    their source, have one speaker deny, or whoever speaks for that one, or stand in copies of one text.
    `reprint_groups` gives for the id of each article cited the same value as for its copies
    (`index.clusters.reprint_groups`).
    """
    found: list[tuple[set[tuple[str, str]], list[Citation]]] = []
    for citation in citations:
        keys = _keys(citation, reprint_groups)
        same = [entry for entry in found if entry[0] & keys]
        for entry in same:
            found.remove(entry)
        merged = (
            keys.union(*(entry[0] for entry in same)),
            [c for entry in same for c in entry[1]] + [citation],
        )
        found.append(merged)
    ordered = sorted(found, key=lambda entry: entry[1][0].marker)
    return tuple(
        Origin(_name(group), group[0].stance, tuple(citation.marker for citation in group))
        for _, group in ordered
    )


def _keys(citation: "Citation", reprint_groups: Mapping[str, str]) -> set[tuple[str, str]]:
    article = citation.article
    side = citation.stance
    keys: set[tuple[str, str]] = {(side, f"text {reprint_groups.get(article.id, article.id)}")}
    if side == "denied" and citation.speaker:
        names = [citation.speaker, *_SPOKESPERSON.findall(citation.text)]
        keys.update((side, f"speaker {folded(name).split()[-1]}") for name in names)
    elif newsroom := outlet_key(citation.origin or article.outlet):
        keys.add((side, f"newsroom {newsroom}"))
    return keys


def _name(group: Sequence["Citation"]) -> str:
    first = group[0]
    if first.stance == "denied":
        return next((citation.speaker for citation in group if citation.speaker), who(first.article))
    return next((citation.origin for citation in group if citation.origin), who(first.article))
