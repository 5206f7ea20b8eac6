"""What reading gives in place of an article it could not make."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Skipped:
    """`source` (a path, or path and row) gave no article; `reason` says why and what to do."""

    source: str
    reason: str
