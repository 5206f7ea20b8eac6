"""The figures of `newscite eval boilerplate` as tables for a terminal and as plain data for programs."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from evals.boilerplate.measure import PageResult
from evals.boilerplate.pages import KINDS, PARTS
from evals.figures import Figure, figure
from evals.metrics import boilerplate_citation_rate

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

LICENCE = "MIT"
_WORST = 10
_LISTED = 10  # lines at fault that the terminal shows; --json has them all


@dataclass(frozen=True)
class BoilerplateReport:
    """The results of all pages. `seconds` is all that differs between two runs."""

    results: tuple[PageResult, ...]
    digest: str
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The figures by part, language and kind, and every page with what is wrong on it."""
        return {
            "evaluation": "boilerplate",
            "digest": self.digest,
            "licence": LICENCE,
            "parts": {part: _figures(results) for part, results in self._parts().items()},
            "languages": {language: _figures(found) for language, found in self._languages().items()},
            "kinds": self._kinds(),
            "masked_by_reason": self._reasons(),
            "seconds": round(self.seconds, 1),
            "pages": [_page(result) for result in self.results],
        }

    def __rich__(self) -> "RenderableType":
        from rich.console import Group

        return Group(self._parts_table(), self._kinds_table(), *self._worst_table(), *self._faults())

    def _parts(self) -> dict[str, list[PageResult]]:
        parts = {part: [result for result in self.results if result.page.part == part] for part in PARTS}
        return {part: results for part, results in parts.items() if results}

    def _languages(self) -> dict[str, list[PageResult]]:
        languages = sorted({result.page.language for result in self.results})
        return {
            language: [result for result in self.results if result.page.language == language]
            for language in languages
        }

    def _kinds(self) -> dict[str, dict[str, int]]:
        """For each kind of boilerplate how many lines there are, and how many of them can be cited."""
        lines = [line for result in self.results for line in result.lines]
        kinds = {kind: [line for line in lines if line.kind == kind] for kind in KINDS}
        return {
            kind: {"lines": len(found), "citable": sum(bool(line.citable) for line in found)}
            for kind, found in kinds.items()
        }

    def _reasons(self) -> dict[str, int]:
        """How many real sentences each reason masked."""
        reasons = [sentence.masked for result in self.results for sentence in result.wrongly_masked]
        return {reason: reasons.count(reason) for reason in sorted(set(reasons))}

    def _parts_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(
            title=f"boilerplate on marked pages: {len(self.results)}",
            caption=f"{LICENCE}; digest {self.digest[:12]}; {self.seconds:.0f} s; 95 % intervals by "
            "bootstrap over questions and pages",
            box=SIMPLE_HEAD,
        )
        table.add_column("pages", no_wrap=True)
        for name in ("boilerplate cited", "lines citable", "characters citable", "sentences masked"):
            table.add_column(name, justify="right")
        for name, results in [
            *((PARTS[part], results) for part, results in self._parts().items()),
            *self._languages().items(),
        ]:
            measured = (measure(results) for measure in _MEASURES.values())
            table.add_row(name, *(f"{found.shown} of {found.n}\n{_interval(found)}" for found in measured))
        return table

    def _kinds_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title="by kind", box=SIMPLE_HEAD)
        table.add_column("kind")
        for name in ("lines", "citable", "real sentences it masks"):
            table.add_column(name, justify="right")
        reasons = self._reasons()
        kinds = self._kinds()
        for kind in dict.fromkeys([*kinds, *reasons]):
            counts = kinds.get(kind, {"lines": 0, "citable": 0})
            table.add_row(kind, str(counts["lines"]), str(counts["citable"]), str(reasons.get(kind, 0)))
        return table

    def _worst_table(self) -> "list[RenderableType]":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        worst = sorted(self.results, key=_faulty, reverse=True)[:_WORST]
        if not worst or not _faulty(worst[0]):
            return ["No page has a fault."]
        table = Table(title="worst pages", box=SIMPLE_HEAD)
        table.add_column("page")
        for name in ("lines citable", "sentences masked", "citations of boilerplate"):
            table.add_column(name, justify="right")
        for result in filter(_faulty, worst):
            table.add_row(
                f"{PARTS[result.page.part]}: {result.page.name}",
                f"{len(result.citable_lines)} of {len(result.lines)}",
                f"{len(result.wrongly_masked)} of {len(result.sentences)}",
                f"{len(result.cited_boilerplate)} of {sum(map(len, result.citations))}",
            )
        return [table]

    def _faults(self) -> list[str]:
        faults = [
            f"{result.page.name}: {fault}"
            for result in self.results
            for fault in (
                *(f"cited {cited.touched}: {cited.quote}" for cited in result.cited_boilerplate),
                *(f"masked as {sentence.masked}: {sentence.text}" for sentence in result.wrongly_masked),
                *(f"citable {line.kind}: {line.text}" for line in result.citable_lines),
            )
        ]
        more = [f"… and {len(faults) - _LISTED} more; see --json."] if len(faults) > _LISTED else []
        return [*faults[:_LISTED], *more]


def _interval(found: Figure) -> str:
    return "–" if found.low is None or found.high is None else f"{found.low:.2f}–{found.high:.2f}"


def _cited(results: Sequence[PageResult]) -> Figure:
    """The share of citations, over all questions, that touch boilerplate."""
    answers = [[bool(cited.touched) for cited in answer] for result in results for answer in result.citations]
    return figure(
        answers,
        lambda drawn: boilerplate_citation_rate([touched for answer in drawn for touched in answer]),
        n=sum(map(len, answers)),
    )


def _citable_lines(results: Sequence[PageResult]) -> Figure:
    """The share of boilerplate lines of which any part can be cited."""
    return _ratio(results, lambda result: (len(result.citable_lines), len(result.lines)))


def _citable_characters(results: Sequence[PageResult]) -> Figure:
    """The share of the characters of boilerplate, white space apart, that can be cited."""
    return _ratio(
        results,
        lambda result: (
            sum(line.citable for line in result.lines),
            sum(line.characters for line in result.lines),
        ),
    )


def _wrongly_masked(results: Sequence[PageResult]) -> Figure:
    """The share of real sentences that a mask touches."""
    return _ratio(results, lambda result: (len(result.wrongly_masked), len(result.sentences)))


_MEASURES: dict[str, Callable[[Sequence[PageResult]], Figure]] = {
    "boilerplate_citation_rate": _cited,
    "citable_lines": _citable_lines,
    "citable_characters": _citable_characters,
    "wrongly_masked": _wrongly_masked,
}


def _ratio(results: Sequence[PageResult], counts: Callable[[PageResult], tuple[int, int]]) -> Figure:
    """The sum of the first counts by the sum of the second, over pages."""
    pairs = [counts(result) for result in results]
    total = sum(whole for _, whole in pairs)
    return figure(pairs, _share, n=total)


def _share(pairs: Sequence[tuple[int, int]]) -> float | None:
    whole = sum(count for _, count in pairs)
    return sum(part for part, _ in pairs) / whole if whole else None


def _figures(results: Sequence[PageResult]) -> dict[str, Any]:
    return {"pages": len(results)} | {key: measure(results).to_dict() for key, measure in _MEASURES.items()}


def _faulty(result: PageResult) -> int:
    return len(result.citable_lines) + len(result.wrongly_masked) + len(result.cited_boilerplate)


def _page(result: PageResult) -> dict[str, Any]:
    return {
        "page": result.page.name,
        "part": result.page.part,
        "language": result.page.language,
        "lines": len(result.lines),
        "citable": [asdict(line) for line in result.citable_lines],
        "sentences": len(result.sentences),
        "wrongly_masked": [asdict(sentence) for sentence in result.wrongly_masked],
        "citations": sum(map(len, result.citations)),
        "cited_boilerplate": [asdict(cited) for cited in result.cited_boilerplate],
    }
