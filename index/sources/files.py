"""Which files a list of paths, folders and globs means, and their bytes within a limit."""

import glob
import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.errors import ReadError
from index.sources.skipped import Skipped

SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"),
    *(".json", ".jsonl", ".ndjson"),
)
_KINDS = (
    "plain text (.txt), Markdown (.md), HTML (.html), JSON (.json) and JSON Lines (.jsonl), each also .gz"
)


def find_files(paths: Iterable[str | Path]) -> Iterator[Path | Skipped]:
    """Give the readable files under `paths`, each once, in a fixed order, and what was passed over."""
    seen: set[Path] = set()
    for path in paths:
        for found in _under(str(path)):
            if isinstance(found, Path):
                file = found.resolve()
                if file not in seen:
                    seen.add(file)
                    yield file
            else:
                yield found


def shown(path: Path | str) -> str:
    """The path as text that can be stored: a name that is not UTF-8 has its odd bytes spelt out."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def suffix_of(name: str) -> str:
    """The suffix that says a file's format, in lower case, not counting .gz; "" if it is none of SUFFIXES."""
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    return suffix if suffix in SUFFIXES else ""


def read_within(path: Path, max_bytes: int) -> bytes:
    """Read a file, unpacked if its name ends in .gz, of at most `max_bytes`. Raises ReadError."""
    try:
        if path.stat().st_size > max_bytes:
            raise _too_large(path, max_bytes)
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            data = file.read(max_bytes + 1)  # no more is unpacked, however much a small .gz stands for
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise ReadError(shown(path), "is a damaged or incomplete .gz file; pack or fetch it again") from None
    except OSError as error:
        raise ReadError(shown(path), _why(error)) from None
    if len(data) > max_bytes:
        raise _too_large(path, max_bytes)
    return data


def _under(path: str) -> Iterator[Path | Skipped]:
    try:
        yield from _expanded(path)
    except (
        OSError,
        ValueError,
        RuntimeError,
    ) as error:  # a name too long, a null byte in it, a loop of links
        yield Skipped(shown(path), _why(error))


def _expanded(path: str) -> Iterator[Path | Skipped]:
    if Path(path).exists():
        yield from _named(Path(path))
    elif Path(path).is_symlink():
        yield Skipped(shown(path), "is a link to nothing")
    elif glob.has_magic(path):
        yield from _matches(path)
    else:
        yield Skipped(shown(path), "does not exist; check the path")


def _named(path: Path) -> Iterator[Path | Skipped]:
    if path.is_dir():
        yield from _in_folder(path)
    elif not path.is_file():
        yield Skipped(shown(path.absolute()), "is neither a file nor a folder")
    elif not suffix_of(path.name):
        yield _unsupported(path)
    else:
        yield path


def _matches(pattern: str) -> Iterator[Path | Skipped]:
    # Path.glob takes no absolute patterns, and doesn't pass over hidden files.
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not matches:
        yield Skipped(shown(pattern), "matches no file; check the pattern")
    for match in matches:
        yield from _named(Path(match))


def _in_folder(folder: Path) -> Iterator[Path | Skipped]:
    """The folder's files; one that has nothing to read is one line, not a line for each of its pictures."""
    others: list[Path] = []
    found_any = False
    for item in _walk(folder):
        if isinstance(item, Skipped) or suffix_of(item.name):
            found_any = True
            yield item
        elif found_any:
            yield _unsupported(item)
        else:
            others.append(item)
    if found_any:
        yield from map(_unsupported, others)
    else:
        yield Skipped(shown(folder.absolute()), f"holds no article; what can be read is {_KINDS}")


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    refused: list[OSError] = []
    visited: set[Path] = set()
    for name, folders, files in os.walk(folder, onerror=refused.append, followlinks=True):
        here = Path(name)
        if here.resolve() in visited:  # a link leads back up
            folders.clear()
            continue
        visited.add(here.resolve())
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        yield from (here / entry for entry in sorted(files) if not entry.startswith("."))
        yield from (Skipped(shown(error.filename), _why(error)) for error in refused)
        refused.clear()
    yield from (Skipped(shown(error.filename), _why(error)) for error in refused)


def _unsupported(path: Path) -> Skipped:
    kind = Path(path.name.lower().removesuffix(".gz")).suffix or "without a suffix"
    return Skipped(shown(path.absolute()), f"type not supported ({kind}); what can be read is {_KINDS}")


def _too_large(path: Path, max_bytes: int) -> ReadError:
    limit = f"{max_bytes / 1024**2:.3g} MB" if max_bytes >= 1024**2 else f"{max_bytes} bytes"
    return ReadError(
        shown(path), f"is larger than the limit of {limit}; split it, or raise NEWSCITE_MAX_FILE_MB"
    )


def _why(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    return f"can't be read: {getattr(error, 'strerror', None) or error}"
