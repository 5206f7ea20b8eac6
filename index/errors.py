"""Every error newscite raises on purpose, one family, so that callers catch one name.

NewsciteError
├── ReadError          a file, or one row of it, can't be read as an article
│   └── Unreachable    a page can't be had now, but may be later
├── InputError         a question, filter, option or setting is not usable
├── ChatModelError     the configured chat model failed or can't be reached
└── StoreError
    ├── StoreMissing   there is no store at that path
    ├── StoreLocked    another process is writing to the store
    ├── StoreDamaged   the store's files can't be opened
    └── StoreMismatch  the store was made by another embedding model or version

A message says what failed, on which value, and what to do, in one line.
"""


class NewsciteError(Exception):
    """The base of the family; its text is one line fit to be shown to a user."""


class ReadError(NewsciteError):
    """`source` can't be read; `reason` says why in a few words."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class Unreachable(ReadError):
    """The page `source` can't be had now, though it may be later; its server asks to be left alone until
    `wait` seconds have passed (0 where it doesn't say)."""

    def __init__(self, source: str, reason: str, wait: float = 0) -> None:
        super().__init__(source, reason)
        self.wait = wait


class InputError(NewsciteError):
    """What the caller passed in is not usable."""


class ChatModelError(NewsciteError):
    """The chat model is misconfigured, unreachable, or answered nothing usable."""


class StoreError(NewsciteError):
    """Something about the store on disk."""


class StoreMissing(StoreError):
    """No store at that path."""


class StoreLocked(StoreError):
    """Another process holds the store's write lock."""


class StoreDamaged(StoreError):
    """A part of the store can't be opened or disagrees with the catalog: `part` is catalog, vectors or
    lexical."""

    def __init__(self, message: str, part: str = "catalog") -> None:
        super().__init__(message)
        self.part = part


class StoreMismatch(StoreError):
    """The store was made with another embedding model, splitter or schema."""
