"""What reading gives in place of an article it could not make."""

from dataclasses import dataclass

_LONGEST = 300


@dataclass(frozen=True)
class Skipped:
    """`source` (a path or URL, or path and row) gave no article; `reason` says why and what to do.

    A reason is one line of at most 300 characters, whatever of the input it quotes.
    """

    source: str
    reason: str

    def __post_init__(self) -> None:
        reason = " ".join(self.reason.split())
        if len(reason) > _LONGEST:
            reason = reason[: _LONGEST - 1] + "…"
        object.__setattr__(self, "reason", reason)
